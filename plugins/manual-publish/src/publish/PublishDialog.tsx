import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Alert,
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { usePaths } from '../components/paths';
import { useT } from '../components/useWords';
import { ARRIVAL } from '../pages/job/useFocusOnArrival';
import { EstimateStep } from './EstimateStep';
import { LanguageField } from './LanguageField';
import styles from './Publish.module.css';
import { publishRefusal, type PublishRefusal } from './publishRefusal';
import type { LanguageChoice, PublishTarget } from './publishTarget';
import { usePublishing } from './usePublishing';

type DialogProps = {
  target: PublishTarget;
  languages: LanguageChoice;
  onClose: () => void;
};

const NO_LANGUAGE: PublishRefusal = {
  field: 'languages',
  sentence: 'noLanguage',
  detail: '',
};

/** Publishes a page with all below it: first what would change and cost, then the publication itself. Mount it to open it. */
export function PublishDialog({ target, languages, onClose }: DialogProps) {
  const t = useT();
  const navigate = useNavigate();
  const paths = usePaths();
  const publishing = usePublishing();
  const [chosen, setChosen] = useState(() =>
    languages.target_languages.filter(
      language => language !== languages.source_language,
    ),
  );
  const [force, setForce] = useState(false);
  const [updateSlugs, setUpdateSlugs] = useState(false);
  const [dryRunId, setDryRunId] = useState<string>();
  const [wasEmpty, setWasEmpty] = useState(false);

  const start = (dryRun: boolean) => {
    if (chosen.length === 0) {
      setWasEmpty(true);
      return;
    }
    publishing.mutate(
      {
        notion_page_id: target.pageId,
        selected_solution: target.solution,
        target_languages: chosen,
        ...(dryRun && { dry_run: true }),
        ...(force && { force: true }),
        ...(updateSlugs && { update_slugs: true }),
      },
      {
        onSuccess: id => {
          if (dryRun) {
            setDryRunId(id);
          } else {
            onClose();
            navigate(paths.job(id), { state: ARRIVAL });
          }
        },
      },
    );
  };
  const refused = publishing.error && publishRefusal(publishing.error);
  const refusal = wasEmpty && chosen.length === 0 ? NO_LANGUAGE : refused;
  const said =
    refusal &&
    t(`publish.refused.${refusal.sentence}`, {
      detail: refusal.detail,
      solution: target.solution,
    });
  const isOnForm = refusal?.field === 'form';

  return (
    <Dialog
      isOpen
      isDismissable={dryRunId === undefined}
      width="min(40rem, calc(100vw - 2rem))"
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <DialogHeader>{t('publish.title', { title: target.title })}</DialogHeader>
      {dryRunId === undefined ? (
        <>
          <DialogBody>
            <div className={styles.body}>
              {isOnForm && (
                <Alert
                  role="alert"
                  status="danger"
                  icon
                  title={t('publish.refused.title')}
                  description={said}
                />
              )}
              <Scope target={target} />
              <LanguageField
                languages={languages}
                chosen={chosen}
                problem={isOnForm ? undefined : said ?? undefined}
                onChange={next => {
                  setChosen(next);
                  publishing.reset();
                }}
              />
              <Accordion>
                <AccordionTrigger title={t('publish.advanced')} />
                <AccordionPanel className={styles.panel}>
                  <Checkbox isSelected={force} onChange={setForce}>
                    {t('publish.force')}
                  </Checkbox>
                  <p className={styles.hint}>{t('publish.forceHint')}</p>
                  <Checkbox isSelected={updateSlugs} onChange={setUpdateSlugs}>
                    {t('publish.updateSlugs')}
                  </Checkbox>
                  <p className={styles.hint}>{t('publish.updateSlugsHint')}</p>
                </AccordionPanel>
              </Accordion>
            </div>
          </DialogBody>
          <DialogFooter>
            <div className={styles.footer}>
              <Button variant="tertiary" onPress={onClose}>
                {t('publish.cancel')}
              </Button>
              <Button
                variant="secondary"
                isPending={
                  publishing.isPending && !publishing.variables.dry_run
                }
                onPress={() => start(false)}
              >
                {t('publish.skip')}
              </Button>
              <Button
                isPending={publishing.isPending && publishing.variables.dry_run}
                onPress={() => start(true)}
              >
                {t('publish.estimate')}
              </Button>
            </div>
          </DialogFooter>
        </>
      ) : (
        <EstimateStep
          key={dryRunId}
          jobId={dryRunId}
          solution={target.solution}
          problem={said ?? undefined}
          isPublishing={publishing.isPending}
          onBack={() => {
            setDryRunId(undefined);
            publishing.reset();
          }}
          onPublish={() => start(false)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function Scope({ target }: { target: PublishTarget }) {
  const t = useT();
  const { solution, isAll, pages } = target;
  const words = { solution, pages: pages ?? 0 };
  const isOne = pages === undefined || pages <= 1;
  if (isAll && pages !== undefined) {
    return <p className={styles.scope}>{t('publish.scopeAll', words)}</p>;
  }
  return (
    <p className={styles.scope}>
      {isOne ? t('publish.scopePage', words) : t('publish.scopeBelow', words)}
    </p>
  );
}
