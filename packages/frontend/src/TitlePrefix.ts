/**
 * Puts a few words before the title of the page, and keeps them there whoever sets the title: pages do, at each change of route.
 *
 * @public
 */
export class TitlePrefix {
  readonly #document: Document;
  readonly #observer: MutationObserver;
  #prefix = '';
  /** What the title is without the prefix. */
  #title: string;
  #written: string | undefined;

  constructor(page: Document = document) {
    this.#document = page;
    this.#title = page.title;
    this.#observer = new MutationObserver(() => this.#look());
    this.#observer.observe(page.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }

  /**
   * Puts this before the title, in place of what stood there.
   *
   * @param prefix - empty: none is shown
   */
  show(prefix: string) {
    this.#look();
    this.#prefix = prefix;
    this.#write();
  }

  /** Leaves the title as it would be. */
  stop() {
    this.show('');
    this.#observer.disconnect();
  }

  #look() {
    const { title } = this.#document;
    // Somebody else may have put something before ours; to begin a contest would never end.
    const isOurs = this.#written !== undefined && title.endsWith(this.#written);
    if (!isOurs && title !== this.#title) {
      this.#title = title;
      this.#written = undefined;
    }
    if (!isOurs) {
      this.#write();
    }
  }

  #write() {
    const wanted = this.#prefix + this.#title;
    this.#written = this.#prefix === '' ? undefined : wanted;
    if (this.#document.title !== wanted) {
      this.#document.title = wanted;
    }
  }
}
