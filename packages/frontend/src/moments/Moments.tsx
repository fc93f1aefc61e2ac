import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { DateTime } from 'luxon';
import { useNow } from './useNow';

const JUST_NOW = 45_000;

/** The language that the person has chosen for the portal. @public */
export function useLocale(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}

/**
 * How long ago a moment was; the moment itself on hover and for machines.
 *
 * @param justNow - what is said where it was a moment ago
 * @public
 */
export function RelativeTime(props: { moment: string; justNow: string }) {
  const { moment, justNow } = props;
  const locale = useLocale();
  const now = useNow();
  const time = DateTime.fromISO(moment).setLocale(locale);
  // The clock of the server may be ahead; nothing happened in the future.
  const isJustNow = now - time.toMillis() < JUST_NOW;
  return (
    <time
      dateTime={moment}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {isJustNow
        ? justNow
        : time.toRelative({ base: DateTime.fromMillis(now), locale })}
    </time>
  );
}

/** A moment as the calendar and the clock have it. @public */
export function Moment(props: {
  moment: string;
  format?: Intl.DateTimeFormatOptions;
}) {
  const { moment, format = DateTime.DATETIME_MED } = props;
  const time = DateTime.fromISO(moment).setLocale(useLocale());
  return (
    <time
      dateTime={moment}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {time.toLocaleString(format)}
    </time>
  );
}
