import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  isSafeLink,
  notificationLimits,
} from '@herald/backstage-plugin-notifications-common';
import { v5 as uuidV5, validate } from 'uuid';

/** Of ids that are made of ids that are no UUIDs. */
const NAMESPACE = '6f0d6a52-0d3f-5c0e-9a53-2f1f6f3f9f10';

/** The same id for the same row, every time: its own where that is a UUID. */
export function importedId(source: string, id: string): string {
  return validate(id) ? id.toLowerCase() : uuidV5(`${source}:${id}`, NAMESPACE);
}

/**
 * A moment as engines give it: a date, milliseconds, or text. SQLite's own text has no zone and means UTC.
 */
export function readMoment(value: unknown): Date | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  const date =
    value instanceof Date ? value : new Date(asNumber(value) ?? utc(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A boolean as engines give it. */
export function readBoolean(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

/** @returns the normalised full ref, or `undefined` where the text is none */
export function readRef(
  text: string,
  defaultKind?: 'user' | 'group',
): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind }));
  } catch {
    return undefined;
  }
}

export function readLink(link: string | null): {
  link?: string;
  problem?: string;
} {
  if (!link) {
    return {};
  }
  return isSafeLink(link) && link.length <= notificationLimits.urlLength
    ? { link }
    : { problem: 'link left out: not one that may be shown' };
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ||
    (typeof value === 'string' && /^\d+$/.test(value))
    ? Number(value)
    : undefined;
}

function utc(value: unknown): string {
  const text = String(value);
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(text)
    ? `${text.replace(' ', 'T')}Z`
    : text;
}
