/** No formula that people read has as many. The compiler of the site has no room on its stack for some sixty, and ends without a word. */
const DEEPEST = 20;
/** Far more than Notion takes. */
const LONGEST = 10_000;

/**
 * What opens and closes a part of a formula, in the case in which KaTeX knows it. Comments, literal text, and any other word or
 * escaped character are passed over. Of accents that are no characters of their own, each is around the one before it.
 */
const TOKENS =
  /%[^\n]*|\\verb(?:\*(.)|([^*a-zA-Z]))[^\n]*?\1\2|\\(?:(begin|left|bgroup|begingroup)|(end|right|egroup|endgroup))(?![a-zA-Z@])|\\(?:[a-zA-Z@]+|.)|([{])|([}])|([\u0300-\u036f]+)/gs;

/** All that follows one of these in its group is in it. There is room for some five hundred. */
const SWITCHES =
  /\\(?:rm|sf|tt|bf|it|cal|frak|(?:display|text|script|scriptscript)style|tiny|sixptsize|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|color)(?![a-zA-Z@])/g;
const MOST_SWITCHES = 200;
/** What follows is below what was before: in each part that a switch begins once more. */
const INFIX = /\\(?:over|above|atop|choose|brack|brace)(?![a-zA-Z@])/;

const DEFINITION =
  /\\(?:[egx]?def|(?:re)?newcommand|providecommand)(?![a-zA-Z@])/;
/** Words that give another one its name, or take what stands next from whoever was to have it, be it the end of a part. */
const INNER_WORKINGS =
  /\\(?:let|futurelet|show|message|errmessage|expandafter|noexpand|TextOrMath)(?![a-zA-Z@])|\\[a-zA-Z]*@/;
/** Of an address in braces every character is one, also of words that elsewhere close something. */
const ODD_ADDRESS =
  /\\(?:href|url|includegraphics|html[A-Z][a-z]+)(?![a-zA-Z@])(?!\s*(?:\[[^\]{}%\\]*\]\s*)?\{(?:[^{}%\\]|\\[#$&^_~])*\})/;
/** The character after the grave accent is a number, and no brace. */
const CHARACTER = /\\char(?![a-zA-Z@])/;

/** Whether parts of a formula are in each other so many times that the site could not be built with it, or may be. */
export function isDeepFormula(tex: string): boolean {
  if (tex.length > LONGEST) return true;
  const hasDefinitions = DEFINITION.test(tex);
  if (INNER_WORKINGS.test(tex) || ODD_ADDRESS.test(tex)) return true;
  // A word with parameters may nest with each use.
  if (hasDefinitions && tex.includes('#')) return true;
  if (CHARACTER.test(tex) && tex.includes('`')) return true;
  const mostSwitches = INFIX.test(tex) ? DEEPEST : MOST_SWITCHES;
  if ([...tex.matchAll(SWITCHES)].length > mostSwitches) return true;
  let depth = 0;
  for (const token of tex.matchAll(TOKENS)) {
    const [, , , word, wordEnd, brace, braceEnd, accents = ''] = token;
    // What is defined is wherever its name is, and might be half of a pair.
    if (hasDefinitions && word) return true;
    if (word || brace) depth += 1;
    if (!hasDefinitions && (wordEnd || braceEnd)) depth -= 1;
    if (depth + accents.length > DEEPEST) return true;
  }
  return false;
}
