import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton, Switch, TextField } from '@backstage/ui';
import {
  notificationLimits,
  type PreferenceDefaults,
} from '@herald/backstage-plugin-notifications-common';
import { RiAddLine } from '@remixicon/react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState, type FormEvent } from 'react';
import { notificationsApiRef } from '../../api/notificationsApi';
import { FailureNotice } from '../../components/FailureNotice';
import { notificationsTranslationRef } from '../../translation';
import { DEFAULTS_KEY } from '../queryKeys';
import { usePreferences } from '../useSources';
import { OtherRules } from './OtherRules';
import { decide, otherRules, withoutRule, withRule } from './preferenceRules';
import { RuleMatrix, type RuleEditor } from './RuleMatrix';
import { SavingNotice } from './SavingNotice';
import styles from './Settings.module.css';
import { useSaving } from './useSaving';

const NOTHING_SAID: PreferenceDefaults = { rules: [], mandatoryOrigins: [] };

/** For administrators: what holds for everybody who has not said otherwise, and what nobody can mute. */
export function Defaults() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const api = useApi(notificationsApiRef);
  const preferences = usePreferences().data;
  const query = useQuery({
    queryKey: DEFAULTS_KEY,
    queryFn: ({ signal }) => api.getPreferenceDefaults({ signal }),
    staleTime: Infinity,
    retry: false,
  });
  const save = useCallback(
    (defaults: PreferenceDefaults) => api.updatePreferenceDefaults(defaults),
    [api],
  );
  const { state, change } = useSaving({ queryKey: DEFAULTS_KEY, save });
  const [added, setAdded] = useState<string[]>([]);
  if (query.isPending) {
    return <Skeleton height={120} />;
  }
  if (!query.data || !preferences) {
    return (
      <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { data } = query;
  const sources = sourcesOf(preferences.origins, [
    ...data.mandatoryOrigins,
    ...added,
  ]);
  const setRules = (rules: PreferenceDefaults['rules']) =>
    change({ ...data, rules });
  const editor: RuleEditor = {
    channels: preferences.channels,
    // Seen from here a default is somebody's own word, and a mandatory origin is not locked.
    decide: subject => decide(subject, data.rules, NOTHING_SAID),
    set: (subject, enabled) =>
      setRules(withRule(data.rules, NOTHING_SAID, subject, enabled)),
    reset: subjects => setRules(subjects.reduce(withoutRule, data.rules)),
  };
  const setMandatory = (origin: string, isMandatory: boolean) => {
    const others = data.mandatoryOrigins.filter(one => one !== origin);
    change({
      ...data,
      mandatoryOrigins: isMandatory ? [...others, origin] : others,
    });
  };
  return (
    <>
      <SavingNotice state={state} />
      <RuleMatrix
        editor={editor}
        sources={sources}
        extra={origin => (
          <Switch
            label={t('settings.makeMandatory')}
            aria-label={t('settings.makeMandatoryOf', { origin })}
            isSelected={data.mandatoryOrigins.includes(origin)}
            onChange={isMandatory => setMandatory(origin, isMandatory)}
          />
        )}
      />
      <AddOrigin
        onAdd={origin => {
          // Kept beyond this page only once something is said about it.
          setAdded([...added, origin]);
        }}
      />
      <OtherRules
        rules={otherRules(data.rules, sources)}
        onRemove={rule => setRules(withoutRule(data.rules, rule))}
      />
    </>
  );
}

function sourcesOf(
  known: readonly { origin: string; topics: string[] }[],
  more: readonly string[],
) {
  const unknown = [...new Set(more)].filter(origin =>
    known.every(source => source.origin !== origin),
  );
  return [...known, ...unknown.map(origin => ({ origin, topics: [] }))];
}

function AddOrigin({ onAdd }: { onAdd: (origin: string) => void }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [origin, setOrigin] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (origin.trim() !== '') {
      onAdd(origin.trim());
      setOrigin('');
    }
  };
  return (
    <form className={styles.add} onSubmit={submit}>
      <TextField
        label={t('settings.addOrigin')}
        description={t('settings.addOriginHint')}
        value={origin}
        onChange={setOrigin}
        maxLength={notificationLimits.originLength}
      />
      <Button type="submit" variant="secondary" iconStart={<RiAddLine />}>
        {t('settings.add')}
      </Button>
    </form>
  );
}
