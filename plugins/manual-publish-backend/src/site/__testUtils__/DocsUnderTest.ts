import { notionId, PageDraft } from '@herald/sandbox';
import { Root } from 'mdast';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FetchedMedia, MediaFailure } from '../../media/MediaFetcher';
import { SiteExport } from '../../publishing/Site';
import { Solution } from '../../publishing/Solution';
import { Warning } from '../../publishing/Warning';
import { PageNotFound, SourceUnavailable } from '../../source/errors';
import { PageAbove, PageOutline } from '../../source/ManualSource';
import { DocsSite } from '../DocsSite';
import { treeOf } from './treeOf';

export const zcp: Solution = {
  name: 'ZCP',
  type: 'zcp',
  rootPageId: notionId('root'),
  position: 2,
  glossaries: new Map(),
};

/** A checkout on the disk, and what publishing makes of it. */
export class DocsUnderTest {
  warnings: Warning[] = [];
  outline: PageOutline | undefined;
  /** What is above pages in Notion that are not exported; others are gone. */
  readonly above = new Map<string, readonly string[]>();
  /** The pages that were asked for what is above them. */
  readonly asked: string[] = [];
  /** By pages: the next above what is above them, which Notion does not show. */
  readonly unseen = new Map<string, string>();
  /** By pages: how the question for what is above them fails. */
  readonly refusals = new Map<string, SourceUnavailable>();
  readonly media = new Map<string, FetchedMedia | MediaFailure>();
  readonly site = new DocsSite({
    settings: {
      sourceDir: 'docs',
      targetDir: 'i18n',
      i18nPath: '{lang}/docusaurus-plugin-content-docs/current/{solution}',
      mediaDir: 'manuals',
      sidebarName: 'docs',
      headingIds: 'mdx',
      sourceLanguage: 'en',
      languages: ['ko', 'ja'],
    },
    source: {
      readOutline: async () => {
        if (!this.outline) throw new Error('The outline is not needed here');
        return this.outline;
      },
      ancestorsOf: async id => {
        this.asked.push(id);
        const refusal = this.refusals.get(id);
        if (refusal) throw refusal;
        const above = this.above.get(id);
        if (!above) throw new PageNotFound(id);
        return {
          pages: above.map(each => this.#titled(each)),
          unseen: this.unseen.get(id),
        };
      },
      refreshBlock: async () => undefined,
    },
    media: {
      fetch: async ({ name = '' }) =>
        this.media.get(name) ?? { reason: 'gone', message: 'it is gone' },
    },
  });

  private constructor(readonly directory: string) {}

  static async create(): Promise<DocsUnderTest> {
    return new DocsUnderTest(
      await mkdtemp(path.join(os.tmpdir(), 'herald-docs-')),
    );
  }

  export(
    draft: PageDraft,
    options: {
      ancestors?: readonly string[];
      isDryRun?: boolean;
      updateSlugs?: boolean;
      /** Keys of pages that Notion lists and does not show. */
      withheld?: readonly string[];
      solution?: Solution;
    } = {},
  ): Promise<SiteExport> {
    this.warnings = [];
    return this.site.export({
      solution: options.solution ?? zcp,
      tree: treeOf(draft, options.withheld?.map(notionId)),
      ancestors: options.ancestors?.map(each => this.#titled(each)) ?? [],
      directory: this.directory,
      isDryRun: options.isDryRun ?? false,
      updateSlugs: options.updateSlugs ?? false,
      signal: new AbortController().signal,
      onWarning: warning => this.warnings.push(warning),
      onPage: () => {},
      onCall: () => {},
    });
  }

  /** Every language says the same as the source; that is enough to see where it goes. */
  translate(
    exported: Pick<SiteExport, 'documents' | 'labels'>,
    ...languages: string[]
  ): Promise<readonly string[]> {
    return this.translateOf(zcp, exported, ...languages);
  }

  translateOf(
    solution: Solution,
    exported: Pick<SiteExport, 'documents' | 'labels'>,
    ...languages: string[]
  ): Promise<readonly string[]> {
    return this.site.writeTranslations({
      solution,
      directory: this.directory,
      translations: languages.map(language => ({
        language,
        documents: exported.documents.map(({ pageId, root }) => ({
          pageId,
          root: withNote(root, language),
        })),
        labels: exported.labels.map(({ key, text }) => ({
          key,
          text: `${language}: ${text}`,
        })),
      })),
    });
  }

  #titled(id: string): PageAbove {
    const title = this.outline && titleIn(this.outline, id);
    return { id, title: title ?? `Page ${id}` };
  }

  /** All files, sorted. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.directory, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter(entry => !entry.isDirectory())
      .map(entry =>
        path.relative(this.directory, path.join(entry.parentPath, entry.name)),
      )
      .sort();
  }

  async folders(): Promise<string[]> {
    const entries = await readdir(this.directory, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter(entry => entry.isDirectory())
      .map(entry =>
        path.relative(this.directory, path.join(entry.parentPath, entry.name)),
      )
      .sort();
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.directory, file), 'utf8');
  }

  async write(file: string, text: string): Promise<void> {
    const target = path.join(this.directory, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  async removeFile(file: string): Promise<void> {
    await rm(path.join(this.directory, file));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

function titleIn(
  { id, title, children }: PageOutline,
  wanted: string,
): string | undefined {
  if (id === wanted) return title;
  for (const child of children) {
    const found = titleIn(child, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withNote(root: Root, language: string): Root {
  return {
    ...root,
    children: [
      ...root.children,
      { type: 'paragraph', children: [{ type: 'text', value: language }] },
    ],
  };
}
