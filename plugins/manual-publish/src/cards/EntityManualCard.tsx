import { Button, ButtonLink } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  Manual,
  Sidebar,
  Solution,
} from '@herald/backstage-plugin-manual-publish-common';
import { errorDetail, LoadingRows } from '@herald/frontend';
import { RiUploadCloud2Line } from '@remixicon/react';
import { useState } from 'react';
import { useManuals } from '../api/useManuals';
import { usePublications } from '../api/usePublications';
import { useSidebar } from '../api/useSidebar';
import { JobLine } from '../components/JobLine';
import { Panel } from '../components/Panel';
import { usePaths } from '../components/paths';
import { useMayPublish } from '../components/useMayPublish';
import { useT } from '../components/useWords';
import { countsByState } from '../manuals/manualTree';
import { PublishDialog } from '../publish/PublishDialog';
import { MANUAL_SOLUTION_ANNOTATION } from './annotation';
import styles from './Cards.module.css';
import { InCard } from './RecentJobsCard';

/** Where the links of the card lead. @public */
export type EntityManualCardProps = {
  /** Where the pages are mounted; `/manual-publish` when left out. */
  path?: string;
};

/** The manual of an entity, which its annotation names: its state, its last publication, and the way to publish it. @public */
export function EntityManualCard({ path }: EntityManualCardProps) {
  const t = useT();
  const { entity } = useEntity();
  const name = entity.metadata.annotations?.[MANUAL_SOLUTION_ANNOTATION];
  return (
    <InCard path={path}>
      <Panel title={t('card.entityTitle')}>
        {name ? (
          <NamedManual name={name} />
        ) : (
          <p className={styles.text}>
            {t('card.missingTitle')}.{' '}
            {t('card.missingText', { annotation: MANUAL_SOLUTION_ANNOTATION })}
          </p>
        )}
      </Panel>
    </InCard>
  );
}

function NamedManual({ name }: { name: string }) {
  const t = useT();
  const { data: sidebar, error, isPending } = useSidebar();
  if (isPending) {
    return <LoadingRows label={t('manuals.loading')} count={2} />;
  }
  if (!sidebar) {
    return <Problem error={error} />;
  }
  const solution = sidebar.solutions.find(
    one => one.name.toLowerCase() === name.trim().toLowerCase(),
  );
  return solution ? (
    <SolutionManual solution={solution} sidebar={sidebar} />
  ) : (
    <p className={styles.text}>{t('card.unknown', { solution: name })}</p>
  );
}

function Problem({ error }: { error: unknown }) {
  const t = useT();
  return (
    <p role="alert" className={styles.text}>
      {t('failure.otherTitle')}. {errorDetail(error)}
    </p>
  );
}

function SolutionManual(props: { solution: Solution; sidebar: Sidebar }) {
  const { solution, sidebar } = props;
  const t = useT();
  const paths = usePaths();
  const { query, isBeingRead } = useManuals(solution.name);
  const { publications, isRead } = usePublications(solution.name);
  const mayPublish = useMayPublish(solution.name);
  const [isPublishing, setIsPublishing] = useState(false);
  const manuals = query.data?.manuals;
  const isWithout = !manuals || manuals.length === 0;
  // While the first pages are being read, none says nothing of their state.
  const isAwaited = query.isPending || (isBeingRead && isWithout);
  const error = isWithout ? query.error : undefined;
  const [last] = publications;
  return (
    <div className={styles.body}>
      {isAwaited && <LoadingRows label={t('manuals.loading')} count={1} />}
      {!isAwaited && error && <Problem error={error} />}
      {!isAwaited && !error && manuals && <State manuals={manuals} />}
      <div>
        <strong>{t('card.lastJob')}</strong>
        {last && <JobLine job={last} />}
        {!last && isRead && <p className={styles.text}>{t('card.noJob')}</p>}
      </div>
      <div className={styles.buttons}>
        <ButtonLink
          size="small"
          variant="secondary"
          href={paths.manuals(solution.name)}
        >
          {t('card.open')}
        </ButtonLink>
        {mayPublish && (
          <Button
            size="small"
            iconStart={<RiUploadCloud2Line />}
            onPress={() => setIsPublishing(true)}
          >
            {t('card.publish')}
          </Button>
        )}
      </div>
      {isPublishing && (
        <PublishDialog
          target={{
            solution: solution.name,
            pageId: solution.root_page_id,
            title: solution.name,
            pages: isWithout ? undefined : manuals.length,
            isAll: true,
          }}
          languages={sidebar}
          onClose={() => setIsPublishing(false)}
        />
      )}
    </div>
  );
}

function State({ manuals }: { manuals: readonly Manual[] }) {
  const t = useT();
  const { changed, never, published } = countsByState(manuals);
  return (
    <div>
      {changed > 0 && (
        <p className={styles.text}>
          {t('card.entityChanged', { count: changed })}
        </p>
      )}
      {never > 0 && (
        <p className={styles.text}>{t('card.entityNever', { count: never })}</p>
      )}
      {changed + never === 0 && (
        <p className={styles.text}>
          {t('card.entityUpToDate', { count: published })}
        </p>
      )}
    </div>
  );
}
