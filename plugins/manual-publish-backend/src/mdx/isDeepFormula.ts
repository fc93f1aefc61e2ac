/** No formula that people read has as many. The compiler of the site has no room on its stack for some sixty, and ends without a word. */
const DEEPEST = 20;

/** What opens and closes a part of a formula; any other word or escaped character is passed over. */
const TOKENS =
  /\\(?:(begin|left)|(end|right))(?![a-z])|\\(?:[a-z]+|.)|([{])|([}])/gis;

/** Whether parts of a formula are in each other so many times that the site could not be built with it. */
export function isDeepFormula(tex: string): boolean {
  let depth = 0;
  for (const [, opens, closes, brace, braceEnd] of tex.matchAll(TOKENS)) {
    if (opens || brace) depth += 1;
    if (closes || braceEnd) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
