import { createHash } from 'node:crypto';
import type { Glossary } from './Translator';

/** What a solution says about its words, by language; `*` is for all. */
export type Glossaries = ReadonlyMap<string, Omit<Glossary, 'version'>>;

/** The glossary of one language. Its version is its content, in whatever order that was written down. */
export function glossaryFor(
  glossaries: Glossaries,
  language: string,
): Glossary {
  const given = [glossaries.get(language), glossaries.get('*')].flatMap(
    each => each ?? [],
  );
  const terms = new Map<string, string>();
  for (const { source, target } of given.flatMap(each => each.terms)) {
    // The language's own word wins over that for all.
    if (!terms.has(source)) terms.set(source, target);
  }
  const sorted = [...terms].sort(([one], [other]) => compare(one, other));
  const keep = [...new Set(given.flatMap(each => each.keep))]
    .filter(term => term.trim() !== '')
    .sort(compare);
  return {
    version: createHash('sha256')
      .update(JSON.stringify([sorted, keep]))
      .digest('hex')
      .slice(0, 16),
    terms: sorted.map(([source, target]) => ({ source, target })),
    keep,
  };
}

/** By code units: the same on every machine, unlike `localeCompare`. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
