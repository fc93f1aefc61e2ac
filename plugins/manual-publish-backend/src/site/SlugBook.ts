import { foldedName, isSafeSlug, readName, slugOf } from './slugOf';

/** The names that are taken in one folder. */
export class SlugBook {
  readonly #taken: Set<string>;

  /** @param folder - its own name, which Docusaurus takes for its index */
  constructor(folder: string) {
    this.#taken = new Set([foldedName(folder)]);
  }

  /** Of a page that is not planned now, or a file that is not ours; without its ending. */
  take(name: string): void {
    this.#taken.add(foldedName(name));
    this.#taken.add(foldedName(readName(name)));
  }

  /** Whether a name that a page had before is still good and free; it is taken then. */
  keep(name: string): boolean {
    if (!isSafeSlug(name) || this.#isTaken(name)) return false;
    this.take(name);
    return true;
  }

  /** A free name for a title; numbered from 2 where the title is not unique. */
  name(title: string, id: string): string {
    const base = slugOf(title, id);
    let slug = base;
    for (let number = 2; this.#isTaken(slug); number += 1) {
      slug = `${base}-${number}`;
    }
    this.take(slug);
    return slug;
  }

  #isTaken(name: string): boolean {
    return this.#taken.has(foldedName(name));
  }
}
