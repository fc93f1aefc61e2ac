import { z } from 'zod';
import { GitOperationError } from '../git/errors';
import { HeadingIds } from '../export/headingAnchors';
import { FaultyPage } from '../publishing/FaultyPage';
import { isSafeSlug } from './slugOf';

/** As the exporter makes them: nothing in it ends what it is written in. */
const HEADING_ID = /^[\p{L}\p{M}\p{N}_-]+$/u;

const folderSchema = z
  .string()
  .refine(
    path => path === '' || path.split('/').every(isSafeSlug),
    'no folder',
  );
const fileSchema = z.string().refine(path => {
  const parts = path.split('/');
  const name = /^(.+)\.mdx$/.exec(parts.pop() ?? '')?.[1] ?? '';
  return parts.every(isSafeSlug) && (name === 'index' || isSafeSlug(name));
}, 'no page');

const pageSchema = z.strictObject({
  title: z.string(),
  /** Null for the root of the solution. */
  parent: z.string().nullable(),
  /** In its folder, from 1; the root's among the solutions. */
  position: z.int().min(1),
  /** Left out for a category without text. */
  file: fileSchema.optional(),
  /** Where pages below it are; the root's is empty. Left out where there are none. */
  folder: folderSchema.optional(),
  /** Names of the files that it shows. */
  media: z.array(z.string().regex(/^[\w-]+(?:\.\w+)?$/)),
  /** Ids of the pages that it links to. */
  links: z.array(z.string()),
  /** Languages that its translation was written in. */
  translations: z.array(z.string().regex(/^[\w-]+$/)),
  /** The ids of its headings by their blocks, in the order of their places: they stay when a heading's text changes. */
  headings: z
    .record(z.string(), z.array(z.string().regex(HEADING_ID)).min(1))
    .default({}),
  /** Ids of the database whose row it is: links to a database go to its first row. */
  databases: z.array(z.string()).default([]),
});

/** The first one had neither headings nor databases; it is read, and written anew as this one. */
const VERSION = 2;

const manifestSchema = z.strictObject({
  version: z.union([z.literal(1), z.literal(VERSION)]),
  pages: z.record(z.string().regex(/^[0-9a-f-]{36}$/), pageSchema),
});

const versionSchema = z.object({ version: z.number() });

/** A page as Herald wrote it. Paths are relative to the solution's folder. */
export type ManifestPage = Omit<z.infer<typeof pageSchema>, 'headings'> & {
  readonly headings: HeadingIds;
};

/** What Herald wrote, by the page's id: nothing else in the folder is removed or moved. */
export type Manifest = ReadonlyMap<string, ManifestPage>;

/** @throws GitOperationError - where it is not as Herald writes it */
export function parseManifest(text: string, path: string): Manifest {
  const json = jsonOf(text);
  const version = versionSchema.safeParse(json);
  if (version.success && version.data.version > VERSION) {
    throw new GitOperationError(
      `${path} was written by a newer Herald (version ${version.data.version}, this one reads ${VERSION}): update this one`,
    );
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GitOperationError(
      `${path} is damaged at ${
        issue?.path.join('.') || 'its beginning'
      }: take back what changed it`,
    );
  }
  const manifest = new Map(Object.entries(parsed.data.pages));
  const circle = pageInCircle(manifest);
  if (circle !== undefined) {
    throw new GitOperationError(
      `${path} is damaged at pages.${circle}.parent, as the page is above itself: take back what changed it`,
    );
  }
  return manifest;
}

function pageInCircle(manifest: Manifest): string | undefined {
  return [...manifest.keys()].find(id => isAboveItself(id, manifest));
}

function isAboveItself(id: string, manifest: Manifest): boolean {
  const seen = new Set<string>();
  let each: string | null | undefined = id;
  while (each && !seen.has(each)) {
    seen.add(each);
    each = manifest.get(each)?.parent;
  }
  return each === id;
}

/**
 * The same pages make the same text.
 *
 * @param path - where it is going to be
 * @throws FaultyPage - where a page is above itself: nothing could be published any more, once that were in the repository
 */
export function writeManifest(manifest: Manifest, path: string): string {
  const circle = pageInCircle(manifest);
  if (circle !== undefined) {
    throw new FaultyPage(
      circle,
      path,
      'The page would be above itself on the site; publish the root page of the solution instead',
    );
  }
  const pages = [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, page]) => [
      id,
      {
        title: page.title,
        parent: page.parent,
        position: page.position,
        ...(page.file !== undefined && { file: page.file }),
        ...(page.folder !== undefined && { folder: page.folder }),
        media: unique(page.media),
        links: unique(page.links),
        translations: unique(page.translations),
        ...(Object.keys(page.headings).length > 0 && {
          headings: sortedByKey(page.headings),
        }),
        ...(page.databases.length > 0 && {
          databases: unique(page.databases),
        }),
      },
    ]);
  const content = { version: VERSION, pages: Object.fromEntries(pages) };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function sortedByKey<T>(values: Readonly<Record<string, T>>) {
  return Object.fromEntries(
    Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
