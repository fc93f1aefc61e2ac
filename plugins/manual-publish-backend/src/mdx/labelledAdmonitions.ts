const TITLED =
  /^((?:> ?)*[ \t]*:{3,}(?:caution|danger|important|info|note|secondary|success|tip|warning)) +(.*)$/gm;

/** The text as Docusaurus parses it where it takes words after `:::note` for a title, as it does by default before its version 4. */
export const labelledAdmonitions = (text: string): string =>
  text.replace(TITLED, '$1[$2]');

/**
 * Docusaurus takes words after `:::note` for a title before it parses, also where code or a formula shows them. A tab before the
 * words, which looks the same, keeps it from doing so. Sites may have kinds of their own.
 */
export const shownTitles = (text: string): string =>
  text.replace(/^((?:> ?)*[ \t]*:{3,}[\w-]+) /gm, '$1\t');
