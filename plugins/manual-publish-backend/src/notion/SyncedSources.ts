import { BlockNode } from '../source/PageSnapshot';
import { PageParts } from './PageParts';
import { PageReader } from './PageReader';
import { problemOrThrow } from './refusals';
import {
  SyncedSource,
  copiesIn,
  digestOf,
  originalsIn,
  withCopies,
} from './syncedBlocks';
import { PageDraft, Reading } from './TreeReader';

/**
 * What the copies of synced blocks in a tree show. Sources that are in the tree cost no call; the others are read each time, as
 * nothing tells whether they have changed: one call for each, and one for each block with children in it.
 */
export class SyncedSources {
  readonly #reading: Reading;
  readonly #drafts: readonly PageDraft[];
  readonly #sources = new Map<string, SyncedSource>();

  constructor(reading: Reading, drafts: readonly PageDraft[]) {
    this.#reading = reading;
    this.#drafts = drafts;
    for (const { listed, content } of drafts) {
      for (const [id, children] of originalsIn(content.blocks)) {
        this.#sources.set(id, { children, pageId: listed.id });
      }
    }
  }

  async readForeign(): Promise<void> {
    await Promise.all(
      this.#drafts.map(({ content }) => this.#readMissing(content.blocks)),
    );
  }

  resolve(blocks: readonly BlockNode[]): readonly BlockNode[] {
    return withCopies(blocks, this.#sources);
  }

  /** By the id of the source. */
  digests(blocks: readonly BlockNode[]): Record<string, string> {
    return Object.fromEntries(
      [...copiesIn(blocks).keys()].flatMap(id => {
        const source = this.#sources.get(id);
        if (!source) return [];
        const children = withCopies(source.children, this.#sources, [id]);
        return [[id, digestOf({ ...source, children })]];
      }),
    );
  }

  /** The pages of the tree that the copies among some blocks are taken from. */
  pagesBehind(blocks: readonly BlockNode[]): string[] {
    return [...copiesIn(blocks).keys()].flatMap(
      id => this.#sources.get(id)?.pageId ?? [],
    );
  }

  /** Sources may have copies of others in them. */
  async #readMissing(blocks: readonly BlockNode[]): Promise<void> {
    await Promise.all(
      [...copiesIn(blocks)].map(async ([sourceId, copyId]) => {
        if (this.#sources.has(sourceId)) return;
        // Set before anything is awaited, so that no source is read twice.
        this.#sources.set(sourceId, { children: [] });
        const source = await this.#read(sourceId, copyId);
        this.#sources.set(sourceId, source);
        await this.#readMissing(source.children);
      }),
    );
  }

  async #read(sourceId: string, copyId: string): Promise<SyncedSource> {
    const { lists, store, rules, now } = this.#reading;
    const parts = new PageParts({
      store,
      rules,
      now,
      pageId: sourceId,
      editedTime: '',
    });
    const reader = new PageReader({ lists, parts });
    let problem = '';
    for (const id of [sourceId, copyId]) {
      try {
        const { blocks } = await reader.read(id);
        return { children: blocks };
      } catch (error) {
        problem = problemOrThrow(error);
      }
    }
    return { children: [], problem };
  }
}
