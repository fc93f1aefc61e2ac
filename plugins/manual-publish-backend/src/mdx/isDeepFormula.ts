/** No formula that people read has as many. The compiler of the site has no room on its stack for some sixty, and ends without a word. */
const DEEPEST = 20;

/** What opens and closes a part of a formula. Comments, literal text, and any other word or escaped character are passed over. */
const TOKENS =
  /%[^\n]*|\\verb(?:\*(.)|([^*a-z]))[^\n]*?\1\2|\\(?:(begin|left|bgroup|begingroup)|(end|right|egroup|endgroup))(?![a-z])|\\(?:[a-z]+|.)|([{])|([}])/gis;

const DEFINITION = /\\(?:[egx]?def|(?:re)?newcommand|providecommand)(?![a-z])/i;
const OTHER_NAME = /\\(?:future)?let(?![a-z])/i;
const ADDRESS = /\\(?:href|url|includegraphics)(?![a-z])/i;

/** Whether parts of a formula are in each other so many times that the site could not be built with it, or may be. */
export function isDeepFormula(tex: string): boolean {
  const hasDefinitions = DEFINITION.test(tex);
  if (OTHER_NAME.test(tex)) return true;
  // A word with parameters may nest with each use, and a percent sign begins no comment in an address.
  if (hasDefinitions && tex.includes('#')) return true;
  if (ADDRESS.test(tex) && tex.includes('%')) return true;
  let depth = 0;
  for (const [, , , word, wordEnd, brace, braceEnd] of tex.matchAll(TOKENS)) {
    // What is defined is wherever its name is, and might be half of a pair.
    if (hasDefinitions && word) return true;
    if (word || brace) depth += 1;
    if (!hasDefinitions && (wordEnd || braceEnd)) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
