import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type {
  PreferenceRule,
  Preferences,
} from '@herald/backstage-plugin-notifications-common';
import { useCallback } from 'react';
import { notificationsApiRef } from '../../api/notificationsApi';
import { unreadCountApiRef } from '../../api/UnreadCount';
import { FailureNotice } from '../../components/FailureNotice';
import { notificationsTranslationRef } from '../../translation';
import { PREFERENCES_KEY } from '../queryKeys';
import { usePreferences } from '../useSources';
import { OtherRules } from './OtherRules';
import { decide, otherRules, withoutRule, withRule } from './preferenceRules';
import { RuleMatrix, type RuleEditor } from './RuleMatrix';
import { SavingNotice } from './SavingNotice';
import styles from './Settings.module.css';
import { useSaving } from './useSaving';

/** What a person wants to be told of. Every switch is saved as it is moved. */
export function OwnPreferences() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const api = useApi(notificationsApiRef);
  const unreadCount = useApi(unreadCountApiRef);
  const query = usePreferences();
  const save = useCallback(
    ({ rules }: Preferences) => api.updatePreferences({ rules }),
    [api],
  );
  const onSaved = useCallback(() => void unreadCount.refresh(), [unreadCount]);
  const { state, change } = useSaving({
    queryKey: PREFERENCES_KEY,
    save,
    onSaved,
  });
  if (query.isPending) {
    return <Skeleton height={120} />;
  }
  if (!query.data) {
    return (
      <FailureNotice error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { data } = query;
  const setRules = (rules: PreferenceRule[]) => change({ ...data, rules });
  const editor: RuleEditor = {
    channels: data.channels,
    decide: subject => decide(subject, data.rules, data.defaults),
    set: (subject, enabled) =>
      setRules(withRule(data.rules, data.defaults, subject, enabled)),
    reset: subjects => setRules(subjects.reduce(withoutRule, data.rules)),
  };
  return (
    <>
      <SavingNotice state={state} />
      {data.origins.length === 0 ? (
        <p className={styles.hint}>{t('settings.noOrigins')}</p>
      ) : (
        <RuleMatrix editor={editor} sources={data.origins} />
      )}
      <OtherRules
        rules={otherRules(data.rules, data.origins)}
        onRemove={rule => setRules(withoutRule(data.rules, rule))}
      />
    </>
  );
}
