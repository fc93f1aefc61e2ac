import { z } from 'zod';
import { GitOperationError } from '../git/errors';
import { FileVersions } from '../git/SiteRepository';

const entriesSchema = z.record(z.string(), z.unknown());

/** Texts of the site in one language, by Docusaurus' keys; most are not ours. */
type Entries = Readonly<Record<string, unknown>>;

export type LabelEntry = {
  readonly message: string;
  readonly description: string;
};

/**
 * Sets and removes entries, and leaves all others where they are, with whatever people wrote in them.
 *
 * @returns the text as it was where nothing changes; undefined where nothing is left and nothing was there
 * @throws GitOperationError - where the file is no JSON object
 */
export function changeLabels(
  text: string | undefined,
  path: string,
  changes: ReadonlyMap<string, LabelEntry | undefined>,
): string | undefined {
  const entries = entriesOf(text, path);
  const next: Record<string, unknown> = { ...entries };
  for (const key of [...changes.keys()].sort()) {
    const entry = changes.get(key);
    if (entry === undefined) delete next[key];
    else next[key] = entry;
  }
  return isSame(entries, next) ? text : textOf(next);
}

/**
 * Gives entries other keys, or removes them where they have none. What a key has already stays.
 *
 * @returns the text as it was where nothing changes
 * @throws GitOperationError - where the file is no JSON object
 */
export function renameLabels(
  text: string | undefined,
  path: string,
  keys: ReadonlyMap<string, string | undefined>,
): string | undefined {
  const entries = entriesOf(text, path);
  const next: Record<string, unknown> = { ...entries };
  for (const [from, to] of keys) {
    if (!(from in next)) continue;
    if (to !== undefined && !(to in next)) next[to] = next[from];
    delete next[from];
  }
  return isSame(entries, next) ? text : textOf(next);
}

/** Applies what our side changed to what the other side has. */
export function mergeLabels(
  path: string,
  { base, ours, theirs }: FileVersions,
): string | undefined {
  const before = entriesOf(base, path);
  const after = entriesOf(ours, path);
  const result: Record<string, unknown> = { ...entriesOf(theirs, path) };
  for (const key of Object.keys(before)) {
    if (!(key in after)) delete result[key];
  }
  for (const [key, entry] of Object.entries(after)) {
    if (!isSame(entry, before[key])) result[key] = entry;
  }
  return textOf(result);
}

function entriesOf(text: string | undefined, path: string): Entries {
  if (text === undefined) return {};
  try {
    return entriesSchema.parse(JSON.parse(text));
  } catch {
    throw new GitOperationError(
      `${path} in the repository is no JSON object: mend it`,
    );
  }
}

function textOf(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
