/** Where a browser was in a stream when it was closed, so that opening the portal again does not fetch everything unread. */
export interface CursorMemory {
  recall(name: string): string | undefined;
  keep(name: string, cursor: string): void;
}

export const localCursorMemory: CursorMemory = {
  recall: name => {
    try {
      return localStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  keep: (name, cursor) => {
    try {
      localStorage.setItem(name, cursor);
    } catch {
      // Full, or forbidden: it begins with what is unread then.
    }
  },
};
