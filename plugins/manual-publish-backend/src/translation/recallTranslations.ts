import { faultOf } from './faultOf';
import { TranslationMemory, memoryKey } from './TranslationMemory';
import type { Glossary, Translator } from './Translator';

/** What translations are remembered for, besides their segment. */
export type RememberedFor = {
  readonly language: string;
  readonly sourceLanguage: string;
  readonly translator: Pick<Translator, 'version'>;
  readonly glossary: Glossary;
};

/**
 * What the memory has and can still be used, by segment. All of it was checked when it was stored, by the rules of then; what is of no
 * use by those of now counts as not there.
 */
export async function recallTranslations(
  memory: TranslationMemory,
  segments: readonly string[],
  about: RememberedFor,
): Promise<Map<string, string>> {
  const keys = segments.map(segment => keyOf(segment, about));
  const remembered = await memory.recall(keys);
  const usable = new Map<string, string>();
  segments.forEach((segment, index) => {
    const translation = remembered.get(keys[index]);
    if (translation === undefined) return;
    if (faultOf(segment, translation, about.glossary)?.isFatal) return;
    usable.set(segment, translation);
  });
  return usable;
}

export function keyOf(
  segment: string,
  { language, sourceLanguage, translator, glossary }: RememberedFor,
): string {
  return memoryKey(segment, {
    language,
    sourceLanguage,
    translatorVersion: translator.version,
    glossaryVersion: glossary.version,
  });
}
