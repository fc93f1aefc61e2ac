import { JobEstimate } from '@herald/backstage-plugin-manual-publish-common';
import { estimateTranslation } from '../translation/estimateTranslation';
import { translatedWith } from '../translation/translatedWith';
import { PublishTools } from './PublishTools';
import { SiteExport } from './Site';
import { Solution } from './Solution';

/** What publishing an export would do and cost, for a job that only asks. */
export async function estimateExport(
  tools: Pick<
    PublishTools,
    | 'site'
    | 'translator'
    | 'memory'
    | 'sourceLanguage'
    | 'translationLimits'
    | 'prices'
  >,
  exported: SiteExport,
  {
    solution,
    directory,
    languages,
  }: {
    solution: Solution;
    directory: string;
    languages: readonly string[];
  },
): Promise<{ unchanged: boolean; estimate: JobEstimate }> {
  const estimate = await estimateTranslation({
    documents: exported.documents,
    labels: exported.labels,
    languages,
    sourceLanguage: tools.sourceLanguage,
    translator: tools.translator,
    memory: tools.memory,
    glossary: solution.glossaries,
    limits: tools.translationLimits,
    prices: tools.prices,
  });
  // A translation may be of a text from before although all of its segments are remembered: code, pictures and order are not theirs.
  const isSame = async () =>
    tools.site.hasTranslations({
      solution,
      directory,
      translations: estimate.languages.map(({ language, remembered }) => ({
        language,
        ...translatedWith(remembered, exported),
      })),
    });
  return {
    unchanged:
      exported.changes.length === 0 &&
      estimate.languages.every(
        ({ segments, remembered }) => remembered.size >= segments,
      ) &&
      (await isSame()),
    estimate: {
      pages: [...exported.changes],
      languages: estimate.languages.map(
        ({ language, segments, remembered }) => ({
          language,
          segments,
          remembered: remembered.size,
        }),
      ),
      input_tokens: estimate.inputTokens,
      output_tokens: estimate.outputTokens,
      cost_usd: estimate.costUsd,
    },
  };
}
