import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { notificationsTranslationRef } from '../translation';
import { useNow } from './useNow';

const JUST_NOW = 45_000;

function useLocale(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}

/** How long ago a moment was; the moment itself on hover and for machines. */
export function RelativeTime({ moment }: { moment: string }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const locale = useLocale();
  const now = useNow();
  const time = DateTime.fromISO(moment).setLocale(locale);
  // The clock of the server may be ahead; nothing was sent in the future.
  const isJustNow = now - time.toMillis() < JUST_NOW;
  const ago = time.toRelative({ base: DateTime.fromMillis(now), locale });
  return (
    <time
      dateTime={moment}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {isJustNow ? t('row.justNow') : ago}
    </time>
  );
}

/** A moment as the calendar and the clock have it. */
export function Moment({ moment }: { moment: string }) {
  const time = DateTime.fromISO(moment).setLocale(useLocale());
  return (
    <time
      dateTime={moment}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {time.toLocaleString(DateTime.DATETIME_MED)}
    </time>
  );
}
