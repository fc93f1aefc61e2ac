import { z } from 'zod';
import { GitOperationError } from '../git/errors';
import { isSafeSlug } from './slugOf';

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
});

const manifestSchema = z.strictObject({
  version: z.literal(1),
  pages: z.record(z.string().regex(/^[0-9a-f-]{36}$/), pageSchema),
});

/** A page as Herald wrote it. Paths are relative to the solution's folder. */
export type ManifestPage = z.infer<typeof pageSchema>;

/** What Herald wrote, by the page's id: nothing else in the folder is removed or moved. */
export type Manifest = ReadonlyMap<string, ManifestPage>;

/** @throws GitOperationError - where it is not as Herald writes it */
export function parseManifest(text: string, path: string): Manifest {
  const parsed = manifestSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new GitOperationError(
      `${path} is damaged at ${
        issue?.path.join('.') || 'its beginning'
      }: take back what changed it`,
    );
  }
  return new Map(Object.entries(parsed.data.pages));
}

/** The same pages make the same text. */
export function writeManifest(manifest: Manifest): string {
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
      },
    ]);
  const content = { version: 1, pages: Object.fromEntries(pages) };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
