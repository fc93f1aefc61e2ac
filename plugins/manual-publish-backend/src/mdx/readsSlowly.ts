/** Reading takes time that grows by the square of what is in each other. */
const MOST = 100;

const DIRECTIVE = /^[ \t>]*:{3,}[a-z]/gim;
/** Each marker of a quote or a list opens what the next one is in; 150 of them are read at once still. */
const MARKERS = /(?:(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])[ \t]*){150}/;

/** What may begin or end emphasis or a link, and is compared with all others of its paragraph. */
const EDGE = /[*_~\]]/g;
const MOST_EDGES = 1_000;

/** All else that is long: the worst of as many characters is read in about two seconds. */
const LONGEST = 20_000;

/** Whether reading a text may take a process seconds, which the syntax alone tells. */
export const readsSlowly = (text: string): boolean =>
  text.length > LONGEST ||
  [...text.matchAll(DIRECTIVE)].length > MOST ||
  MARKERS.test(text) ||
  text
    .split(/\n[ \t]*\n/)
    .some(part => [...part.matchAll(EDGE)].length > MOST_EDGES);
