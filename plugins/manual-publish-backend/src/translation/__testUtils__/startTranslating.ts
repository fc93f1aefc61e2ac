import { Knex } from 'knex';
import { DatabaseTranslationMemory } from '../../database/DatabaseTranslationMemory';
import { migrationConfig } from '../../database/migrate';
import { readMdx } from '../../mdx/readMdx';
import type { Warning } from '../../publishing/Warning';
import type { SourceDocument } from '../collectSegments';
import type { LanguageProgress } from '../LanguageRun';
import { TranslationOrder, translateDocuments } from '../translateDocuments';
import { ScriptedTranslator } from './ScriptedTranslator';

export const documentOf = (pageId: string, mdx: string): SourceDocument => ({
  pageId,
  title: `Page ${pageId}`,
  root: readMdx(mdx, { headingIds: 'mdx' }),
});

export const sentences = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `Sentence ${'x'.repeat(index % 7)} no. ${index}`,
  ).join('\n\n');

/** A memory in an empty database, a translator that does as it is told, and what is heard of them. */
export async function startTranslating(knex: Knex) {
  await knex.migrate.latest(migrationConfig);
  const memory = new DatabaseTranslationMemory(knex, { now: () => new Date() });
  const translator = new ScriptedTranslator();
  const warnings: Warning[] = [];
  const progress: LanguageProgress[] = [];
  const translate = (order: Partial<TranslationOrder>) =>
    translateDocuments({
      documents: [],
      labels: [],
      languages: ['ko'],
      sourceLanguage: 'en',
      translator,
      memory,
      glossary: new Map(),
      signal: new AbortController().signal,
      onProgress: each => progress.push(each),
      onWarning: each => warnings.push(each),
      ...order,
    });
  return { memory, translator, warnings, progress, translate };
}

export type Translating = Awaited<ReturnType<typeof startTranslating>>;
