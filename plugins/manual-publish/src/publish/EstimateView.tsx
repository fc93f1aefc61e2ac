import type {
  Job,
  JobEstimate,
} from '@herald/backstage-plugin-manual-publish-common';
import { useLanguageName, useNumbers, useT } from '../components/useWords';
import styles from './Publish.module.css';

/** What a dry run found: which pages change, what is translated, what that costs. */
export function EstimateView(props: {
  job: Pick<Job, 'estimate' | 'unchanged'>;
}) {
  const { estimate, unchanged } = props.job;
  const t = useT();
  // The server knows more than the figures tell: a translation that costs nothing may still have to be written.
  if (!estimate || unchanged) {
    return <p className={styles.scope}>{t('publish.nothing')}</p>;
  }
  return (
    <div className={styles.estimate}>
      {estimate.pages.length > 0 && <Changes pages={estimate.pages} />}
      <Translations estimate={estimate} />
    </div>
  );
}

function Changes({ pages }: { pages: JobEstimate['pages'] }) {
  const t = useT();
  return (
    <div className={styles.part}>
      <h3 className={styles.subheading}>
        {t('publish.changed')}
        <span className={styles.number}>
          {t('publish.changes', { count: pages.length })}
        </span>
      </h3>
      {/* It scrolls, so the keyboard has to get to it. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <ul
        className={styles.pages}
        tabIndex={0}
        aria-label={t('publish.changed')}
      >
        {pages.map(({ id, title, change }) => (
          <li key={id}>
            <span className={styles.change} data-change={change}>
              {t(`publish.change.${change}`)}
            </span>
            <span className={styles.pageTitle}>{title}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Translations({ estimate }: { estimate: JobEstimate }) {
  const t = useT();
  const nameOf = useLanguageName();
  const { number } = useNumbers();
  const { languages } = estimate;
  return (
    <div className={styles.part}>
      <h3 className={styles.subheading}>{t('publish.translation')}</h3>
      {languages.length === 0 ? (
        <p className={styles.scope}>{t('publish.noTranslation')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('publish.language')}</th>
              <th scope="col">{t('publish.segments')}</th>
              <th scope="col">{t('publish.remembered')}</th>
              <th scope="col">{t('publish.toTranslate')}</th>
            </tr>
          </thead>
          <tbody>
            {languages.map(({ language, segments, remembered }) => (
              <tr key={language}>
                <td>{nameOf(language)}</td>
                <td>{number(segments)}</td>
                <td>{number(remembered)}</td>
                <td>{number(Math.max(segments - remembered, 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.hint}>{t('publish.rememberedHint')}</p>
      {estimate.input_tokens + estimate.output_tokens > 0 ? (
        <Price estimate={estimate} />
      ) : (
        <p className={styles.scope}>{t('publish.free')}</p>
      )}
    </div>
  );
}

function Price({ estimate }: { estimate: JobEstimate }) {
  const t = useT();
  const { number, dollars } = useNumbers();
  const { cost_usd: cost } = estimate;
  return (
    <>
      <dl className={styles.sums}>
        <div>
          <dt>{t('publish.tokens')}</dt>
          <dd>
            {t('publish.tokensText', {
              input: number(estimate.input_tokens),
              output: number(estimate.output_tokens),
            })}
          </dd>
        </div>
        {cost !== undefined && (
          <div>
            <dt>{t('publish.money')}</dt>
            <dd>{dollars(cost)}</dd>
          </div>
        )}
      </dl>
      {cost === undefined && (
        <p className={styles.hint}>{t('publish.moneyUnknown')}</p>
      )}
    </>
  );
}
