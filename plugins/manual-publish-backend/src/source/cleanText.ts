/**
 * Text as it can be in a file: line endings are line feeds, control characters that nothing shows are left out, and what is no
 * character (NUL, lone surrogates) is the replacement character.
 */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0\p{Surrogate}]/gu, '\uFFFD')
    // eslint-disable-next-line no-control-regex
    .replace(/[\x01-\x08\x0B\x0C\x0E-\x1F\x7F]/g, '');
