import { JobEstimate } from '@herald/backstage-plugin-manual-publish-common';
import { estimateTranslation } from '../translation/estimateTranslation';
import { PublishTools } from './PublishTools';
import { SiteExport } from './Site';
import { Solution } from './Solution';

/** What publishing an export would do and cost, for a job that only asks. */
export async function estimateExport(
  tools: Pick<
    PublishTools,
    'translator' | 'memory' | 'sourceLanguage' | 'translationLimits' | 'prices'
  >,
  exported: SiteExport,
  { solution, languages }: { solution: Solution; languages: readonly string[] },
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
  return {
    unchanged:
      exported.changes.length === 0 &&
      estimate.languages.every(
        ({ language, segments, remembered }) =>
          remembered >= segments && !exported.untranslated.has(language),
      ),
    estimate: {
      pages: [...exported.changes],
      languages: estimate.languages.map(
        ({ language, segments, remembered }) => ({
          language,
          segments,
          remembered,
        }),
      ),
      input_tokens: estimate.inputTokens,
      output_tokens: estimate.outputTokens,
      cost_usd: estimate.costUsd,
    },
  };
}
