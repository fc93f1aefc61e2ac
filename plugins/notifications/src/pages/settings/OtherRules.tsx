import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { PreferenceRule } from '@herald/backstage-plugin-notifications-common';
import { RiDeleteBinLine } from '@remixicon/react';
import { notificationsTranslationRef } from '../../translation';
import { useChannelName } from './RuleMatrix';
import styles from './Settings.module.css';

/** Rules about what is not on offer: they count nevertheless, so they are shown, and can be taken away. */
export function OtherRules(props: {
  rules: readonly PreferenceRule[];
  onRemove: (rule: PreferenceRule) => void;
}) {
  const { rules, onRemove } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const channelName = useChannelName();
  if (rules.length === 0) {
    return null;
  }
  const subjectOf = ({ origin, topic }: PreferenceRule) =>
    [origin ?? t('settings.anyOrigin'), topic].filter(Boolean).join(' › ');
  return (
    <>
      <h3 className={styles.subheading}>{t('settings.otherRules')}</h3>
      <p className={styles.hint}>{t('settings.otherRulesHint')}</p>
      <ul className={styles.sources}>
        {rules.map(rule => {
          const subject = subjectOf(rule);
          return (
            <li
              key={JSON.stringify([rule.channel, rule.origin, rule.topic])}
              className={styles.rule}
            >
              <span className={styles.subject}>
                <span className={styles.origin}>{subject}</span>
                <span className={styles.reason}>
                  {t(rule.enabled ? 'settings.ruleOn' : 'settings.ruleOff', {
                    channel: channelName(rule.channel),
                  })}
                </span>
              </span>
              <Button
                size="small"
                variant="tertiary"
                iconStart={<RiDeleteBinLine />}
                aria-label={t('settings.removeRule', { subject })}
                onPress={() => onRemove(rule)}
              >
                {t('settings.remove')}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
