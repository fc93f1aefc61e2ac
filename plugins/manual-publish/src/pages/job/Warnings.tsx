import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
} from '@backstage/ui';
import type {
  Job,
  JobWarning,
} from '@herald/backstage-plugin-manual-publish-common';
import { WebLink } from '@herald/frontend';
import { useMemo, useState } from 'react';
import { Panel } from '../../components/Panel';
import { useLanguageName, useNumbers, useT } from '../../components/useWords';
import {
  codeInWords,
  isKnownWarning,
  warningGroups,
} from '../../jobs/warningGroups';
import styles from './Job.module.css';

/** How many warnings of a group are shown at once. */
const PART = 25;

/** What did not come out as it is in Notion, by kind, with the way to each place. */
export function Warnings({ job }: { job: Job }) {
  const t = useT();
  const { number } = useNumbers();
  const { warnings, warning_count: total } = job;
  const nameOf = (code: string) =>
    isKnownWarning(code) ? t(`job.warning.${code}`) : codeInWords(code);
  const groups = useMemo(() => warningGroups(warnings), [warnings]);
  return (
    <Panel title={`${t('job.warnings')} (${number(total)})`}>
      <div className={styles.groups}>
        {groups.map(group => (
          <Accordion key={group.code} defaultExpanded={groups.length === 1}>
            <AccordionTrigger
              title={`${nameOf(group.code)} (${number(group.warnings.length)})`}
            />
            <AccordionPanel className={styles.groupPanel}>
              <WarningList warnings={group.warnings} />
            </AccordionPanel>
          </Accordion>
        ))}
      </div>
      {total > warnings.length && (
        <p className={styles.hint}>
          {t('job.warningsSome', {
            shown: number(warnings.length),
            total: number(total),
          })}
        </p>
      )}
    </Panel>
  );
}

function WarningList({ warnings }: { warnings: readonly JobWarning[] }) {
  const t = useT();
  const [shown, setShown] = useState(PART);
  const left = Math.min(warnings.length - shown, PART);
  return (
    <>
      <ul className={styles.warningList}>
        {warnings.slice(0, shown).map((warning, place) => (
          // Warnings have no identity of their own, and are only ever added.
          // eslint-disable-next-line react/no-array-index-key
          <li key={place}>
            <Warning warning={warning} />
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setShown(shown + PART)}
        >
          {t('job.warningsMore', { count: left })}
        </Button>
      )}
    </>
  );
}

function Warning({ warning }: { warning: JobWarning }) {
  const t = useT();
  const nameOf = useLanguageName();
  const { page_title: title, language, message, url } = warning;
  const where = [title, language && nameOf(language)].filter(Boolean);
  return (
    <>
      {where.length > 0 && (
        <span className={styles.where}>{where.join(' · ')}</span>
      )}
      <span>{message}</span>
      {url && (
        <WebLink url={url} hint={t('link.newTab')}>
          {t('job.warningBlock')}
        </WebLink>
      )}
    </>
  );
}
