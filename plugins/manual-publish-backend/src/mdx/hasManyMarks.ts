const MARK = /[!#$&(*+:<=>@[\\\]^_`{|}~]|www/gi;
/** The time that reading a block takes grows by the square of them. Of these it is read in less than a second. */
const MOST = 5_000;

/** Whether a text has very many characters that could mean something. No prose has, however long; a dump of data in a paragraph may. */
export const hasManyMarks = (text: string): boolean =>
  [...text.matchAll(MARK)].length > MOST;
