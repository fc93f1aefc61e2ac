import { BlockContent, InlineCode, PhrasingContent, Text } from 'mdast';
import { BlockNode, PageSnapshot } from '../source/PageSnapshot';
import { isDeepFormula } from '../mdx/isDeepFormula';
import { ReadingBudget } from '../mdx/ReadingBudget';
import { Warning } from '../publishing/Warning';
import { cleanText } from '../source/cleanText';
import { convertBlock } from './convertBlock';
import {
  ConversionContext,
  MediaLink,
  MediaReference,
} from './ConversionContext';
import { fromBlock } from './fromBlock';
import { headingAnchors, topHeadingOf } from './headingAnchors';
import { followLink } from './links/followLink';
import { joinLists } from './joinLists';
import { placeholder } from './placeholder';
import {
  convertRichText,
  richTextAsCode,
  textAsCode,
  RichText,
  RichTextOptions,
} from './richText/convertRichText';
import { plainText } from './richText/plainText';

export type Block = BlockNode['block'];
export type BlockType = Block['type'];
export type BlockOf<T extends BlockType> = Extract<Block, { type: T }>;

/** What is found while a page is converted, and what its blocks share. */
export class Conversion {
  readonly warnings: Warning[] = [];
  readonly syncedSources = new Set<string>();
  readonly budget = new ReadingBudget();
  readonly pageId: string;
  /** The level of Notion that is the highest in this page. */
  readonly topHeading: 1 | 2 | 3 | 4;
  readonly #anchors: ReadonlyMap<string, readonly string[]>;
  readonly #placesDone = new Map<string, number>();

  constructor(snapshot: PageSnapshot, readonly context: ConversionContext) {
    this.pageId = snapshot.page.id;
    this.topHeading = topHeadingOf(snapshot);
    this.#anchors = headingAnchors(snapshot, context.headingIds);
  }

  /** Blocks that follow each other; items of a list that do become one list. */
  blocks(nodes: readonly BlockNode[]): BlockContent[] {
    return joinLists(
      nodes.map(node => ({
        type: node.block.type,
        content: fromBlock(node.block.id, [
          ...convertBlock(node, this),
          ...(node.problem === undefined
            ? []
            : [this.unread(node, node.problem)]),
        ]),
      })),
    );
  }

  richText(
    items: readonly RichText[],
    block: Block,
    options: RichTextOptions = {},
  ): PhrasingContent[] {
    if (!this.budget.takesText(plainText(items))) {
      this.warnOfMarks(block.id);
      return richTextAsCode(items);
    }
    const isDeep = items.some(
      item =>
        item.type === 'equation' &&
        isDeepFormula(cleanText(item.equation.expression)),
    );
    if (isDeep) this.warnOfDeepFormula(block.id);
    return convertRichText(items, {
      ...options,
      follow: href => followLink(href, this, block.id),
      titleOf: pageId => this.context.titleOf?.(pageId),
    });
  }

  /** A text without styles. */
  words(text: string, block: Block): Text | InlineCode {
    if (this.budget.takesText(text)) return { type: 'text', value: text };
    this.warnOfMarks(block.id);
    return textAsCode(text);
  }

  /** The id of a heading at this place; headings of synced blocks may have several places in a page. */
  anchorOf(blockId: string): string | undefined {
    const place = this.#placesDone.get(blockId) ?? 0;
    this.#placesDone.set(blockId, place + 1);
    return this.#anchors.get(blockId)?.[place];
  }

  media(reference: MediaReference): MediaLink | undefined {
    return this.context.media(reference);
  }

  /** The address of a block in Notion, for people who may open it. */
  notionUrl(blockId: string): string {
    const bare = (id: string) => id.replaceAll('-', '');
    return `https://www.notion.so/${bare(this.pageId)}#${bare(blockId)}`;
  }

  warn(code: string, message: string, blockId: string): void {
    this.warnings.push({ code, message, pageId: this.pageId, blockId });
  }

  warnOfDeepFormula(blockId: string): void {
    this.warn(
      'unsupported-block',
      'A formula is shown as code, as it has more parts in each other than the site can be built with',
      blockId,
    );
  }

  private warnOfMarks(blockId: string): void {
    this.warn(
      'unsupported-block',
      'A text is shown as code, as it, or the page above it, has more special characters than any prose',
      blockId,
    );
  }

  private unread(node: BlockNode, problem: string): BlockContent {
    const { id, type } = node.block;
    this.warn(
      'unread-block',
      `What is in a ${type} block could not be read: ${problem}`,
      id,
    );
    return placeholder(
      'A part of this page could not be read',
      this.notionUrl(id),
    );
  }
}
