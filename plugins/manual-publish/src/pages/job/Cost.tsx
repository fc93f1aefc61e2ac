import type { JobCost } from '@herald/backstage-plugin-manual-publish-common';
import { useNumbers, useT } from '../../components/useWords';
import styles from './Job.module.css';

/** What a job has asked of Notion and of the translator. */
export function Cost({ cost }: { cost: JobCost }) {
  const t = useT();
  const { number } = useNumbers();
  return (
    <dl className={styles.sums}>
      <dt>{t('job.notionCalls')}</dt>
      <dd>{number(cost.notion_calls)}</dd>
      <dt>{t('job.translatorCalls')}</dt>
      <dd>{number(cost.translator_calls)}</dd>
      <dt>{t('job.inputTokens')}</dt>
      <dd>{number(cost.input_tokens)}</dd>
      <dt>{t('job.cachedTokens')}</dt>
      <dd>{number(cost.cached_input_tokens)}</dd>
      <dt>{t('job.outputTokens')}</dt>
      <dd>{number(cost.output_tokens)}</dd>
      <dt>{t('job.rememberedSegments')}</dt>
      <dd>{number(cost.remembered_segments)}</dd>
    </dl>
  );
}
