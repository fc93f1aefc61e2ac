/** What the buttons of rows do. The same object as long as the view is the same: rows are memoised. */
export type RowHandlers = {
  select: (ids: readonly string[], isSelected: boolean) => void;
  setRead: (ids: readonly string[], read: boolean) => void;
  setSaved: (ids: readonly string[], saved: boolean) => void;
  setArchived: (ids: readonly string[], archived: boolean) => void;
  /** Shows the message by its own address. */
  open: (id: string) => void;
};
