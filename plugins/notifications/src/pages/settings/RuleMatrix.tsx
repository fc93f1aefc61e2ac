import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Switch } from '@backstage/ui';
import { WEB_CHANNEL } from '@herald/backstage-plugin-notifications-common';
import {
  RiArrowDownSLine,
  RiArrowGoBackLine,
  RiArrowRightSLine,
  RiLockLine,
} from '@remixicon/react';
import { useId, useState, type ReactNode } from 'react';
import { RowButton } from '../../components/RowButton';
import { notificationsTranslationRef } from '../../translation';
import type { Decision, Subject } from './preferenceRules';
import styles from './Settings.module.css';

export type RuleEditor = {
  channels: readonly string[];
  decide: (subject: Subject) => Decision;
  set: (subject: Subject, enabled: boolean) => void;
  /** Takes the word on exactly these subjects back. */
  reset: (subjects: readonly Subject[]) => void;
};

export function useChannelName(): (channel: string) => string {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return channel =>
    channel === WEB_CHANNEL ? t('settings.channelWeb') : channel;
}

/** A switch for every origin and every topic of it, on each channel. */
export function RuleMatrix(props: {
  editor: RuleEditor;
  sources: readonly { origin: string; topics: readonly string[] }[];
  /** What else there is to say of an origin. */
  extra?: (origin: string) => ReactNode;
}) {
  const { editor, sources, extra } = props;
  return (
    <ul className={styles.sources}>
      {sources.map(({ origin, topics }) => (
        <li key={origin} className={styles.source}>
          <RuleRow editor={editor} origin={origin} extra={extra?.(origin)} />
          <Topics
            editor={editor}
            origin={origin}
            topics={topics.filter(topic => topic !== '')}
          />
        </li>
      ))}
    </ul>
  );
}

function Topics(props: {
  editor: RuleEditor;
  origin: string;
  topics: readonly string[];
}) {
  const { editor, origin, topics } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  if (topics.length === 0) {
    return null;
  }
  return (
    <>
      <Button
        variant="tertiary"
        size="small"
        className={styles.topicsToggle}
        iconStart={isOpen ? <RiArrowDownSLine /> : <RiArrowRightSLine />}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onPress={() => setIsOpen(!isOpen)}
      >
        {t('settings.topics', { count: topics.length })}
      </Button>
      {isOpen && (
        <ul
          id={id}
          className={styles.topics}
          aria-label={t('settings.topicsOf', { origin })}
        >
          {topics.map(topic => (
            <li key={topic}>
              <RuleRow editor={editor} origin={origin} topic={topic} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function RuleRow(props: {
  editor: RuleEditor;
  origin: string;
  topic?: string;
  extra?: ReactNode;
}) {
  const { editor, origin, topic, extra } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const channelName = useChannelName();
  const labelId = useId();
  const subjects = editor.channels.map(
    (channel): Subject => ({ channel, origin, topic }),
  );
  const decisions = subjects.map(editor.decide);
  const isMandatory = decisions.some(({ by }) => by === 'mandatory');
  const isOwn = decisions.some(({ by }) => by === 'own');
  const isDefault = decisions.some(({ by }) => by === 'default');
  return (
    <div className={styles.rule}>
      <div className={styles.subject}>
        <span id={labelId} className={topic === undefined ? styles.origin : ''}>
          {topic ?? origin}
        </span>
        {isMandatory && (
          <span className={styles.reason}>
            <RiLockLine size={14} aria-hidden />
            {t('settings.mandatory')}
          </span>
        )}
        {isDefault && (
          <span className={styles.reason}>{t('settings.byDefault')}</span>
        )}
      </div>
      <div className={styles.switches}>
        {extra}
        {subjects.map((subject, index) => {
          const name = channelName(subject.channel);
          return (
            <Switch
              key={subject.channel}
              label={name}
              aria-label={
                topic === undefined
                  ? t('settings.switchOrigin', { channel: name, origin })
                  : t('settings.switchTopic', { channel: name, origin, topic })
              }
              isSelected={decisions[index].enabled}
              isDisabled={decisions[index].by === 'mandatory'}
              onChange={enabled => editor.set(subject, enabled)}
            />
          );
        })}
        {isOwn && (
          <RowButton
            action="reset"
            label={t('settings.reset')}
            icon={<RiArrowGoBackLine />}
            describedBy={labelId}
            onPress={() =>
              editor.reset(
                subjects.filter((_, index) => decisions[index].by === 'own'),
              )
            }
          />
        )}
      </div>
    </div>
  );
}
