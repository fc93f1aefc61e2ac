/** What could mean something in MDX. */
const MARK = /[!#$&(*+:<=>@[\\\]^_`{|}~]|www/gi;
/** No prose has as many, however long; a dump of data in a paragraph may. Of these it is read in less than a second. */
const MOST_MARKS = 5_000;

/**
 * How much of one page is read as Markdown: it takes ten texts with as many marks as one may have, or some hundred thousand usual
 * ones. What reading a text takes grows by the square of its marks, so all of a page is read in seconds, however many texts it has.
 */
export class ReadingBudget {
  #squaresLeft = 10 * MOST_MARKS ** 2;
  #mdxLeft = 100_000;

  /** Whether a text is to be read. */
  takesText(text: string): boolean {
    const marks = [...text.matchAll(MARK)].length;
    const squares = marks ** 2;
    if (marks > MOST_MARKS || squares > this.#squaresLeft) return false;
    this.#squaresLeft -= squares;
    return true;
  }

  /** Whether MDX of a writer's is to be read, be it plain or not. */
  takesMdx(text: string): boolean {
    if (text.length > this.#mdxLeft) return false;
    this.#mdxLeft -= text.length;
    return true;
  }
}
