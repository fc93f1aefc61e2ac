import {
  useTranslationRef,
  type TranslationFunction,
  type TranslationRef,
} from '@backstage/frontend-plugin-api';
import { useLocale, type FailureWords } from '@herald/frontend';
import { useMemo } from 'react';
import { manualPublishTranslationRef } from '../translation';

type Words = typeof manualPublishTranslationRef extends TranslationRef<
  string,
  infer Messages
>
  ? TranslationFunction<Messages>
  : never;

export function useT(): Words {
  return useTranslationRef(manualPublishTranslationRef).t;
}

/** What is said of failures. @param about - what is unknown where the server says 404 */
export function useFailureWords(
  about: 'job' | 'other' = 'other',
): FailureWords {
  const t = useT();
  return {
    retry: t('failure.retry'),
    signIn: t('failure.signIn'),
    signedOut: {
      title: t('failure.signedOutTitle'),
      text: t('failure.signedOutText'),
    },
    denied: { title: t('failure.deniedTitle'), text: t('failure.deniedText') },
    unknown:
      about === 'job'
        ? {
            title: t('failure.unknownJobTitle'),
            text: t('failure.unknownJobText'),
          }
        : { title: t('failure.unknownTitle'), text: t('failure.unknownText') },
    offline: {
      title: t('failure.offlineTitle'),
      text: t('failure.offlineText'),
    },
    other: { title: t('failure.otherTitle'), text: t('failure.otherText') },
  };
}

/** The name of a language in the language of the page, where the browser knows it. */
export function useLanguageName(): (code: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: 'language' });
    return code => {
      try {
        const name = names.of(code) ?? code;
        return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
      } catch {
        return code;
      }
    };
  }, [locale]);
}

/** Numbers as the language of the page writes them. */
export function useNumbers() {
  const locale = useLocale();
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    const money = (digits: number) =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        maximumFractionDigits: digits,
      });
    return {
      number: (value: number) => number.format(value),
      /** Less than a cent is still something. */
      dollars: (value: number) =>
        money(value > 0 && value < 0.1 ? 4 : 2).format(value),
    };
  }, [locale]);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long something took, in the two largest units that matter. */
export function useDuration(): (ms: number) => string {
  const locale = useLocale();
  return useMemo(() => {
    const written = (value: number, unit: 'hour' | 'minute' | 'second') =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'narrow',
        maximumFractionDigits: 1,
      }).format(value);
    return value => {
      const ms = Math.max(value, 0);
      if (ms < 10 * SECOND) {
        return written(ms / SECOND, 'second');
      }
      const [unit, size, part, partSize] =
        ms < HOUR
          ? (['minute', MINUTE, 'second', SECOND] as const)
          : (['hour', HOUR, 'minute', MINUTE] as const);
      const whole = Math.floor(ms / size);
      const rest = Math.floor((ms % size) / partSize);
      return [
        whole > 0 && written(whole, unit),
        rest > 0 && written(rest, part),
      ]
        .filter(Boolean)
        .join(' ');
    };
  }, [locale]);
}
