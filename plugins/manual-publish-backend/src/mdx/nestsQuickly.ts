/** Reading takes time that grows by the square of what is in each other. */
const MOST = 100;

const DIRECTIVE = /^[ \t>]*:{3,}[a-z]/gim;
/** Each marker of a quote or a list opens what the next one is in; 150 of them are read at once still. */
const MARKERS = /(?:(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])[ \t]*){150}/;

/** Whether a text may have so much in each other that even to read it takes a process seconds, which the syntax alone tells. */
export const nestsQuickly = (text: string): boolean =>
  [...text.matchAll(DIRECTIVE)].length > MOST || MARKERS.test(text);
