/** What befalls a page: somebody looks at it, or it is put aside. */
export type PageEvent =
  /** Somebody sees it again, or no longer. */
  | 'visibility'
  /** It is about to stand still, or to go. */
  | 'suspend'
  /** It goes on after it stood still. */
  | 'resume'
  /** The browser has a network again. */
  | 'online';

export interface PageLife {
  isVisible(): boolean;
  /** @returns ends the subscription */
  on(event: PageEvent, listener: () => void): () => void;
}

type Source = [EventTarget, string, ((event: Event) => boolean)?];

const sources = (): Record<PageEvent, Source[]> => ({
  visibility: [[document, 'visibilitychange']],
  suspend: [
    [document, 'freeze'],
    [window, 'pagehide'],
  ],
  resume: [
    [document, 'resume'],
    // It comes back as it was left; one that is loaded anew begins anew.
    [window, 'pageshow', event => 'persisted' in event && !!event.persisted],
  ],
  online: [[window, 'online']],
});

export const documentPageLife: PageLife = {
  isVisible: () => document.visibilityState !== 'hidden',
  on: (name, listener) => {
    const subscriptions = sources()[name].map(([target, event, isMeant]) => {
      const handle = (occurred: Event) => {
        if (!isMeant || isMeant(occurred)) {
          listener();
        }
      };
      target.addEventListener(event, handle);
      return () => target.removeEventListener(event, handle);
    });
    return () => subscriptions.forEach(end => end());
  },
};
