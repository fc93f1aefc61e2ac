import { translateDocuments } from '../translation/translateDocuments';
import { JobRecord } from './JobRecord';
import { LanguageProgressBoard } from './LanguageProgressBoard';
import { PublishTools } from './PublishTools';
import { SiteExport } from './Site';
import { Solution } from './Solution';

/**
 * Translates the pages of a job and writes their files below `directory`. The record is told on the way.
 *
 * @param options.exported - what is to be translated, where this process has just exported it; from the files otherwise
 * @returns files and folders to commit
 */
export async function translatePages(
  tools: PublishTools,
  record: JobRecord,
  options: {
    solution: Solution;
    directory: string;
    exported: Pick<SiteExport, 'documents' | 'labels'> | undefined;
  },
): Promise<readonly string[]> {
  const { site, translator, memory, sourceLanguage } = tools;
  const { job, signal } = record;
  const { solution, directory } = options;
  const publication = await tools.jobs.publication(job.id);
  const { documents, labels } =
    options.exported ??
    (await site.documentsOf({
      solution,
      pageIds: new Set(publication?.pages.map(({ pageId }) => pageId)),
      directory,
    }));
  const progress = new LanguageProgressBoard(record, job.targetLanguages);
  const { languages: translations } = await translateDocuments({
    documents,
    labels,
    languages: job.targetLanguages,
    sourceLanguage,
    translator,
    memory,
    glossary: solution.glossaries,
    limits: tools.translationLimits,
    callLimit: tools.translatorCalls,
    signal,
    onProgress: each => progress.show(each),
    onWarning: warning => record.warn(warning),
  });
  return site.writeTranslations({ solution, directory, translations });
}
