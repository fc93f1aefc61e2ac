import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  FieldLabel,
  SearchField,
  Select,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  notificationLimits,
  notificationSeverities,
} from '@herald/backstage-plugin-notifications-common';
import { RiFilter3Line } from '@remixicon/react';
import { useEffect, useId, useRef, useState } from 'react';
import { isFiltered, withoutFilters, type InboxView } from '../pages/inboxView';
import type { Sources } from '../pages/useSources';
import { notificationsTranslationRef } from '../translation';
import styles from './FilterBar.module.css';
import { MultipleChoice } from './MultipleChoice';

const TYPING_PAUSE = 300;

type Change = (
  change: Partial<InboxView>,
  options?: { replace?: boolean },
) => void;

/** What is typed is searched for once the typing rests; a search that comes from elsewhere (back, a link) is taken over. */
function useTypedSearch(search: string, onChange: Change) {
  const [typed, setTyped] = useState(search);
  const lastSent = useRef(search);
  useEffect(() => {
    if (search !== lastSent.current) {
      lastSent.current = search;
      setTyped(search);
    }
  }, [search]);
  useEffect(() => {
    if (typed === lastSent.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      lastSent.current = typed;
      onChange({ search: typed }, { replace: true });
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return [typed, setTyped] as const;
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: Record<T, string>;
  onChange: (value: T) => void;
}) {
  const { label, value, options, onChange } = props;
  const values = Object.keys(options) as T[];
  return (
    <Select
      className={styles.choice}
      size="small"
      label={label}
      value={value}
      options={values.map(id => ({ id, label: options[id] }))}
      onChange={key => {
        const chosen = values.find(id => id === key);
        if (chosen !== undefined) {
          onChange(chosen);
        }
      }}
    />
  );
}

function ReadChoice(props: {
  value: InboxView['read'];
  onChange: (value: InboxView['read']) => void;
}) {
  const { value, onChange } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const labelId = useId();
  const options = [
    ['all', t('filters.viewAll')],
    ['unread', t('filters.viewUnread')],
    ['read', t('filters.viewRead')],
    ['archived', t('filters.viewArchived')],
  ] as const;
  return (
    <div className={styles.read}>
      <FieldLabel id={labelId} label={t('filters.view')} />
      <ToggleButtonGroup
        aria-labelledby={labelId}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={([key]) => {
          const chosen = options.find(([id]) => id === key);
          if (chosen) {
            onChange(chosen[0]);
          }
        }}
      >
        {options.map(([id, label]) => (
          <ToggleButton key={id} id={id} size="small">
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** How many filters stand behind the button where there is little room. */
function foldedFilters({ sent, origins, topics, severities }: InboxView) {
  const chosen = [origins, topics, severities].filter(one => one.length > 0);
  return chosen.length + (sent === 'any' ? 0 : 1);
}

export function FilterBar(props: {
  view: InboxView;
  sources: Sources;
  onChange: Change;
}) {
  const { view, sources, onChange } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [typed, setTyped] = useTypedSearch(view.search, onChange);
  const [isOpen, setIsOpen] = useState(false);
  const moreId = useId();
  const folded = foldedFilters(view);
  return (
    <div
      role="search"
      aria-label={t('filters.label')}
      className={styles.filters}
    >
      <SearchField
        className={styles.search}
        size="small"
        label={t('filters.search')}
        placeholder={t('filters.searchPlaceholder')}
        value={typed}
        onChange={setTyped}
        maxLength={notificationLimits.searchLength}
      />
      <ReadChoice value={view.read} onChange={read => onChange({ read })} />
      <Button
        className={styles.toggle}
        variant="secondary"
        size="small"
        iconStart={<RiFilter3Line />}
        aria-expanded={isOpen}
        aria-controls={moreId}
        onPress={() => setIsOpen(!isOpen)}
      >
        {folded > 0
          ? t('filters.moreChosen', { number: String(folded) })
          : t('filters.more')}
      </Button>
      <div id={moreId} className={styles.more} data-open={isOpen || undefined}>
        <MultipleChoice
          label={t('filters.origin')}
          any={t('filters.anyOrigin')}
          chosen={view.origins}
          options={sources.origins.map(id => ({ id, label: id }))}
          onChange={origins => onChange({ origins })}
        />
        <MultipleChoice
          label={t('filters.topic')}
          any={t('filters.anyTopic')}
          chosen={view.topics}
          options={sources
            .topicsOf(view.origins)
            .map(id => ({ id, label: id }))}
          onChange={topics => onChange({ topics })}
        />
        <MultipleChoice
          label={t('filters.severity')}
          any={t('filters.anySeverity')}
          chosen={view.severities}
          options={notificationSeverities.map(id => ({
            id,
            label: t(`severity.${id}`),
          }))}
          onChange={chosen =>
            onChange({
              severities: notificationSeverities.filter(severity =>
                chosen.includes(severity),
              ),
            })
          }
        />
        <Choice
          label={t('filters.sent')}
          value={view.sent}
          options={{
            any: t('filters.sentAny'),
            day: t('filters.sentDay'),
            week: t('filters.sentWeek'),
          }}
          onChange={sent => onChange({ sent })}
        />
        <Choice
          label={t('filters.sort')}
          value={view.sort}
          options={{
            newest: t('filters.sortNewest'),
            oldest: t('filters.sortOldest'),
          }}
          onChange={sort => onChange({ sort })}
        />
        {isFiltered(view) && (
          <Button
            className={styles.clear}
            variant="tertiary"
            size="small"
            onPress={() => onChange(withoutFilters(view))}
          >
            {t('filters.clear')}
          </Button>
        )}
      </div>
    </div>
  );
}
