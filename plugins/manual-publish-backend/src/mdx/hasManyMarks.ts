const MARK = /[!#$&(*+:<=>@[\\\]^_`{|}~]|www/gi;
/** The time that reading a block takes grows by the square of them. Of these it is read in less than a second. */
export const MOST_MARKS = 5_000;

/** How many characters of a text could mean something in MDX. */
export const marksOf = (text: string): number =>
  [...text.matchAll(MARK)].length;

/** Whether a text has very many characters that could mean something. No prose has, however long; a dump of data in a paragraph may. */
export const hasManyMarks = (text: string): boolean =>
  marksOf(text) > MOST_MARKS;
