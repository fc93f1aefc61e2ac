const TITLED =
  /^((?:> ?)*[ \t]*:{3,}(?:caution|danger|important|info|note|secondary|success|tip|warning)) +(.*)$/gm;

/** The text as Docusaurus parses it where it takes words after `:::note` for a title, as it does by default before its version 4. */
export const labelledAdmonitions = (text: string): string =>
  text.replace(TITLED, '$1[$2]');
