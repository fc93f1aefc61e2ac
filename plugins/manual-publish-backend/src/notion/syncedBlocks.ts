import { createHash } from 'node:crypto';
import { BlockNode } from '../source/PageSnapshot';
import { syncedFrom } from './PageReader';

/** What the source of a synced block has, or why that is not known. */
export type SyncedSource = {
  readonly children: readonly BlockNode[];
  readonly problem?: string;
  /** The page that it is in, where that is in the same tree. */
  readonly pageId?: string;
};

/** The originals among some blocks, by their ids. */
export function originalsIn(
  blocks: readonly BlockNode[],
): Map<string, readonly BlockNode[]> {
  const originals = new Map<string, readonly BlockNode[]>();
  const look = ({ block, children }: BlockNode) => {
    if (block.type === 'synced_block' && !syncedFrom(block)) {
      originals.set(block.id, children);
    }
    children.forEach(look);
  };
  blocks.forEach(look);
  return originals;
}

/** The copies among some blocks: the id of each, by that of its source. */
export function copiesIn(blocks: readonly BlockNode[]): Map<string, string> {
  const copies = new Map<string, string>();
  const look = ({ block, children }: BlockNode) => {
    const sourceId = syncedFrom(block);
    if (sourceId === undefined) children.forEach(look);
    else copies.set(sourceId, block.id);
  };
  blocks.forEach(look);
  return copies;
}

/** The blocks with what the copies among them show. */
export function withCopies(
  blocks: readonly BlockNode[],
  sources: ReadonlyMap<string, SyncedSource>,
  within: readonly string[] = [],
): readonly BlockNode[] {
  return blocks.map(node => {
    const sourceId = syncedFrom(node.block);
    if (sourceId === undefined) {
      return node.children.length === 0
        ? node
        : { ...node, children: withCopies(node.children, sources, within) };
    }
    if (within.includes(sourceId)) {
      return { ...node, problem: 'The synced block shows itself' };
    }
    const source = sources.get(sourceId);
    if (!source) return node;
    const { children, problem } = source;
    return {
      ...node,
      children: withCopies(children, sources, [...within, sourceId]),
      ...(problem === undefined ? {} : { problem }),
    };
  });
}

/** Names what is in a source, the same as long as it is the same. */
export function digestOf({ children, problem }: SyncedSource): string {
  return createHash('sha256')
    .update(JSON.stringify({ children, problem }, withoutSignatures))
    .digest('base64url');
}

/** Notion signs the URLs of files anew with each answer. */
function withoutSignatures(_key: string, value: unknown): unknown {
  const isHostedFile =
    typeof value === 'object' &&
    value !== null &&
    'expiry_time' in value &&
    'url' in value;
  return isHostedFile
    ? { url: String(value.url).replace(/\?.*$/s, '') }
    : value;
}
