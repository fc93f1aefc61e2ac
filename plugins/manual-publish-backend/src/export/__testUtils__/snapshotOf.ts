import type { PageObjectResponse, BlockObjectResponse } from '@notionhq/client';
import {
  BlockDraft,
  DatabaseDraft,
  Draft,
  notionId,
  PageDraft,
} from '@herald/sandbox';
import { BlockNode, PageSnapshot } from '../../source/PageSnapshot';

const NOW = '2026-11-22T12:00:00.000Z';
const author = { object: 'user' as const, id: notionId('user') };

const pageOf = (draft: PageDraft): PageObjectResponse => ({
  object: 'page',
  id: draft.id ?? notionId('page'),
  created_time: NOW,
  last_edited_time: NOW,
  in_trash: false,
  archived: false,
  is_archived: false,
  is_locked: false,
  url: 'https://www.notion.so/page',
  public_url: null,
  parent: { type: 'workspace', workspace: true },
  properties: {
    title: {
      id: 'title',
      type: 'title',
      title: [
        {
          type: 'text',
          text: { content: draft.title, link: null },
          annotations: {
            bold: false,
            italic: false,
            strikethrough: false,
            underline: false,
            code: false,
            color: 'default',
          },
          plain_text: draft.title,
          href: null,
        },
      ],
    },
  },
  icon: draft.icon,
  cover: null,
  created_by: author,
  last_edited_by: author,
});

/** A page as its draft describes it, without a Notion in between. Names of the sandbox's media become hosted URLs. */
export function snapshotOf(draft: PageDraft): PageSnapshot {
  const numbers = { last: 0 };
  return {
    page: pageOf(draft),
    blocks: draft.children.map(child => nodeOf(child, numbers)),
    readAt: new Date(NOW),
  };
}

/** A page of blocks that stand at its top. */
export const snapshotWith = (...children: Draft[]): PageSnapshot =>
  snapshotOf(new PageDraft('Page').as('page').with(...children));

function nodeOf(draft: Draft, numbers: { last: number }): BlockNode {
  numbers.last += 1;
  const id = draft.id ?? notionId(`block/${numbers.last}`);
  const content = contentOf(draft);
  const children = draft instanceof BlockDraft ? draft.children : [];
  const block: BlockObjectResponse = {
    object: 'block',
    id,
    parent: { type: 'page_id', page_id: notionId('page') },
    created_time: NOW,
    created_by: author,
    last_edited_time: NOW,
    last_edited_by: author,
    has_children: children.length > 0,
    in_trash: false,
    archived: false,
    ...content,
  };
  return { block, children: children.map(child => nodeOf(child, numbers)) };
}

function contentOf(draft: Draft): ReturnType<BlockDraft['content']> {
  if (draft instanceof BlockDraft) {
    return draft.content(name => ({
      url: `https://files.example.com/secret/${name}?X-Amz-Expires=3600`,
      expiry_time: NOW,
    }));
  }
  return draft instanceof DatabaseDraft
    ? { type: 'child_database', child_database: { title: draft.title } }
    : { type: 'child_page', child_page: { title: draft.title } };
}
