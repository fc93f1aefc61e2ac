import {
  BlockObjectResponse,
  DatabaseObjectResponse,
  DataSourceObjectResponse,
  PageObjectResponse,
} from '@notionhq/client';
import { BlockContent, BlockFrame } from './blockTypes';
import { IssueMediaUrl } from './drafts';
import { bareId } from './ids';
import {
  BlockThing,
  DatabaseThing,
  NotionThing,
  NotionWorkspace,
  PageThing,
} from './NotionWorkspace';
import { richText } from './richText';
import { users } from './users';

const author = { object: 'user' as const, id: users.writer.id };

/** The API version in which transcriptions became meeting notes. */
const MEETING_NOTES_SINCE = '2026-03-11';

/** How the API shows what is in the workspace; every answer has the SDK's type. */
export class NotionView {
  constructor(
    private readonly workspace: NotionWorkspace,
    private readonly issueMediaUrl: IssueMediaUrl,
  ) {}

  block(thing: NotionThing, version: string): BlockObjectResponse {
    return { ...this.#frame(thing), ...this.#content(thing, version) };
  }

  page(page: PageThing): PageObjectResponse {
    return {
      object: 'page',
      id: page.id,
      ...times(page),
      in_trash: page.inTrash,
      archived: page.inTrash,
      is_archived: page.inTrash,
      is_locked: false,
      url: urlOf(page),
      public_url: null,
      parent: this.#parentOf(page),
      properties: {
        [this.#isRow(page) ? 'Name' : 'title']: {
          id: 'title',
          type: 'title',
          title: richText([page.title]),
        },
      },
      icon: page.icon,
      cover: page.cover?.(this.issueMediaUrl) ?? null,
      created_by: author,
      last_edited_by: author,
    };
  }

  database(database: DatabaseThing): DatabaseObjectResponse {
    return {
      object: 'database',
      id: database.id,
      title: richText([database.title]),
      description: [],
      parent: this.#parentOfDatabase(database),
      is_inline: true,
      in_trash: database.inTrash,
      archived: database.inTrash,
      is_locked: false,
      ...times(database),
      data_sources: [{ id: database.dataSourceId, name: database.title }],
      icon: null,
      cover: null,
      url: urlOf(database),
      public_url: null,
    };
  }

  dataSource(database: DatabaseThing): DataSourceObjectResponse {
    return {
      object: 'data_source',
      id: database.dataSourceId,
      title: richText([database.title]),
      description: [],
      parent: { type: 'database_id', database_id: database.id },
      database_parent: this.#parentOfDatabase(database),
      is_inline: true,
      in_trash: database.inTrash,
      archived: database.inTrash,
      ...times(database),
      created_by: author,
      last_edited_by: author,
      properties: {
        Name: {
          id: 'title',
          name: 'Name',
          description: null,
          type: 'title',
          title: {},
        },
      },
      icon: null,
      cover: null,
      url: urlOf(database),
      public_url: null,
    };
  }

  #frame(thing: NotionThing): BlockFrame {
    return {
      object: 'block',
      id: thing.id,
      parent: this.#parentOf(thing),
      ...times(thing),
      created_by: author,
      last_edited_by: author,
      has_children: this.#hasChildren(thing),
      in_trash: thing.inTrash,
      archived: thing.inTrash,
    };
  }

  #content(thing: NotionThing, version: string): BlockContent {
    switch (thing.kind) {
      case 'page':
        return { type: 'child_page', child_page: { title: thing.title } };
      case 'database':
        return {
          type: 'child_database',
          child_database: { title: thing.title },
        };
      default:
        return inVersion(version, thing.content(this.issueMediaUrl));
    }
  }

  /** Rows are had by a query of the data source; as a block, a database has no children. */
  #hasChildren(thing: NotionThing): boolean {
    if (thing.kind === 'database') return false;
    return (
      this.workspace.childrenOf(thing).length > 0 ||
      (thing.kind === 'block' && this.syncedFrom(thing) !== undefined)
    );
  }

  /** The id of the source, for the copy of a synced block. */
  syncedFrom(thing: BlockThing): string | undefined {
    const content = thing.content(this.issueMediaUrl);
    return content.type === 'synced_block'
      ? content.synced_block.synced_from?.block_id
      : undefined;
  }

  #isRow(page: PageThing): boolean {
    return this.workspace.find(page.parentId)?.kind === 'database';
  }

  #parentOf(thing: NotionThing): PageObjectResponse['parent'] {
    const parent = this.workspace.find(thing.parentId);
    switch (parent?.kind) {
      case 'page':
        return { type: 'page_id', page_id: parent.id };
      case 'block':
        return { type: 'block_id', block_id: parent.id };
      case 'database':
        return {
          type: 'data_source_id',
          data_source_id: parent.dataSourceId,
          database_id: parent.id,
        };
      default:
        return { type: 'workspace', workspace: true };
    }
  }

  #parentOfDatabase(database: DatabaseThing): DatabaseObjectResponse['parent'] {
    const parent = this.workspace.find(database.parentId);
    if (!parent) return { type: 'workspace', workspace: true };
    return parent.kind === 'block'
      ? { type: 'block_id', block_id: parent.id }
      : { type: 'page_id', page_id: parent.id };
  }
}

/** A page's own id for the URL that people see; titles in it are decoration. */
function urlOf(thing: PageThing | DatabaseThing): string {
  const slug = thing.title.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `https://www.notion.so/${slug ? `${slug}-` : ''}${bareId(thing.id)}`;
}

function times(thing: NotionThing) {
  return {
    created_time: toMinute(thing.createdAt),
    last_edited_time: toMinute(thing.editedAt),
  };
}

/** Notion gives times rounded down to the minute. */
function toMinute(ms: number): string {
  return new Date(Math.floor(ms / 60_000) * 60_000).toISOString();
}

function inVersion(version: string, content: BlockContent): BlockContent {
  if (content.type === 'meeting_notes' && version < MEETING_NOTES_SINCE) {
    return { type: 'transcription', transcription: content.meeting_notes };
  }
  if (content.type === 'transcription' && version >= MEETING_NOTES_SINCE) {
    return { type: 'meeting_notes', meeting_notes: content.transcription };
  }
  return content;
}
