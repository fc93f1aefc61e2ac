import type { JobWarning } from '@herald/backstage-plugin-manual-publish-common';

/** The kinds of warnings for which the page has words of its own. */
export const knownWarnings = [
  'media-failed',
  'unread-block',
  'unsupported-block',
  'mdx-refused',
  'link-outside',
  'link-dropped',
  'link-stale',
  'file-overridden',
  'file-taken-over',
  'page-withheld',
  'page-removed',
  'page-moved',
  'translation-dropped',
  'segment-doubtful',
  'segment-untranslated',
  'translation-unchanged',
] as const;

export type KnownWarning = (typeof knownWarnings)[number];

export function isKnownWarning(code: string): code is KnownWarning {
  return knownWarnings.some(known => known === code);
}

/** Warnings that have one code, in the order in which the first of each came. */
export function warningGroups(
  warnings: readonly JobWarning[],
): { code: string; warnings: JobWarning[] }[] {
  const groups = new Map<string, JobWarning[]>();
  for (const warning of warnings) {
    const group = groups.get(warning.code);
    if (group) {
      group.push(warning);
    } else {
      groups.set(warning.code, [warning]);
    }
  }
  return [...groups].map(([code, members]) => ({ code, warnings: members }));
}

/** A code as words, where nothing better is known: `missing-media` → `Missing media`. */
export function codeInWords(code: string): string {
  const words = code
    .replace(/[-_.]+/g, ' ')
    .trim()
    .toLocaleLowerCase('en');
  return words.charAt(0).toLocaleUpperCase('en') + words.slice(1);
}
