import { isInScriptOf } from './languages';
import { plainText } from './tags';

/** Names and short labels may well be the same in both languages; a sentence is not. */
const WORDS_OF_A_SENTENCE = 4;
const LETTERS_OF_A_SENTENCE = 20;

/** Whether a translator seems to have given a sentence back as it was, although it is not in the target language already. */
export function isSuspiciouslyUnchanged(
  source: string,
  translation: string,
  languages: { language: string; sourceLanguage: string },
): boolean {
  if (source !== translation) return false;
  const text = plainText(source);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  if (words < WORDS_OF_A_SENTENCE || letters < LETTERS_OF_A_SENTENCE) {
    return false;
  }
  // Where both languages share a script, nothing tells them apart here.
  return (
    !isInScriptOf(languages.language, text) ||
    isInScriptOf(languages.sourceLanguage, text)
  );
}
