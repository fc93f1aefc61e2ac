/** A page whose file does not compile, or does not read as what it was written from. Nothing was committed. */
export class FaultyPage extends Error {
  override readonly name = 'FaultyPage';

  /** @param place - file, line and column */
  constructor(readonly pageId: string, readonly place: string, reason: string) {
    super(reason);
  }
}
