const LARGEST = 99;

/** `(3) Title`; the number stays as small as the badge. */
export function withCount(title: string, count: number): string {
  return `(${count > LARGEST ? `${LARGEST}+` : count}) ${title}`;
}

/**
 * Puts a number before the title of the page, and keeps it there whoever sets the title: pages do, at each change of route.
 */
export class TitleCounter {
  readonly #document: Document;
  readonly #observer: MutationObserver;
  #count = 0;
  /** What the title is without the number. */
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

  /** @param count - 0: none is shown */
  show(count: number) {
    this.#look();
    this.#count = count;
    this.#write();
  }

  /** Leaves the title as it would be. */
  stop() {
    this.#look();
    this.#count = 0;
    this.#write();
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
    const wanted =
      this.#count > 0 ? withCount(this.#title, this.#count) : this.#title;
    this.#written = this.#count > 0 ? wanted : undefined;
    if (this.#document.title !== wanted) {
      this.#document.title = wanted;
    }
  }
}
