import {
  PreferenceRule,
  isSafeLink,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { ImportPoint, ImportedRow, Predecessor } from '../import/Predecessor';
import {
  importedId,
  readBoolean,
  readMoment,
  readRef,
} from '../import/readRow';
import { EVERYBODY, MessageAction } from '../messages/Message';

type Row = {
  id: string;
  origin: string;
  created: string | null;
  title: string;
  message: string | null;
  topic: string | null;
  is_system: unknown;
};
type UserRow = { message_id: string; user: string; read: unknown };
type GroupRow = { message_id: string; group: string };
type ActionRow = { id: string; message_id: string; title: string; url: string };
type Parts = { users: UserRow[]; groups: GroupRow[]; actions: ActionRow[] };

/**
 * The tables of the Janus notifications plugin (1.x). Whoever stands in `users` was a recipient, or has marked the message;
 * it does not say which. As there, a message that is not for everybody is readable for both.
 */
export class JanusTables implements Predecessor {
  readonly source = 'janus';
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async isThere(): Promise<boolean> {
    for (const table of ['messages', 'users', 'groups', 'actions']) {
      if (!(await this.#knex.schema.hasTable(table))) {
        return false;
      }
    }
    return this.#knex.schema.hasColumn('messages', 'is_system');
  }

  async count(): Promise<number> {
    const row = await this.#knex('messages').count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  }

  async read(
    after: ImportPoint | undefined,
    limit: number,
  ): Promise<{ rows: ImportedRow[]; next?: ImportPoint }> {
    const query = this.#knex<Row>('messages')
      .orderByRaw(`COALESCE(created, ''), id`)
      .limit(limit);
    if (after !== undefined) {
      query.whereRaw(`(COALESCE(created, ''), id) > (?, ?)`, JSON.parse(after));
    }
    const rows: Row[] = await query;
    const ids = rows.map(({ id }) => id);
    const of = <T extends { message_id: string }>(table: string) =>
      this.#knex(table).whereIn('message_id', ids) as Promise<T[]>;
    const users = byMessage(await of<UserRow>('users'));
    const groups = byMessage(await of<GroupRow>('groups'));
    const actions = byMessage(await of<ActionRow>('actions'));
    const last = rows.at(-1);
    return {
      rows: rows.map(row =>
        toImported(row, {
          users: users.get(row.id) ?? [],
          groups: groups.get(row.id) ?? [],
          actions: actions.get(row.id) ?? [],
        }),
      ),
      next: last && JSON.stringify([last.created ?? '', last.id]),
    };
  }

  /** There were none. */
  async preferences(): Promise<ReadonlyMap<string, PreferenceRule[]>> {
    return new Map();
  }
}

function byMessage<T extends { message_id: string }>(
  rows: readonly T[],
): Map<string, T[]> {
  const byId = new Map<string, T[]>();
  for (const row of rows) {
    byId.set(row.message_id, [...(byId.get(row.message_id) ?? []), row]);
  }
  return byId;
}

function toImported(row: Row, parts: Parts): ImportedRow {
  const problems: string[] = [];
  const createdAt = readMoment(row.created);
  const isSystem = readBoolean(row.is_system);
  const users = parts.users.flatMap(({ user, read }) => {
    const userRef = readRef(user, 'user');
    return userRef ? [{ userRef, isRead: readBoolean(read) }] : [];
  });
  const groups = parts.groups
    .map(({ group }) => readRef(group, 'group'))
    .filter(ref => ref !== undefined);
  const targets = isSystem
    ? [EVERYBODY]
    : [...new Set([...users.map(({ userRef }) => userRef), ...groups])];
  if (!createdAt || targets.length === 0) {
    return {
      sourceId: row.id,
      problems: [
        createdAt ? 'left out: it is for nobody' : 'left out: it has no date',
      ],
    };
  }
  return {
    sourceId: row.id,
    problems,
    message: {
      id: importedId('janus', row.id),
      createdAt,
      // Its origin was a label that anybody could choose.
      sender: 'import:janus',
      origin: row.origin,
      title: row.title,
      message: row.message ?? undefined,
      topic: row.topic ?? undefined,
      severity: 'normal',
      actions: readActions(parts.actions, problems),
      targets,
      marks: users.map(mark => ({ ...mark, isSaved: false })),
    },
  };
}

function readActions(
  actions: readonly ActionRow[],
  problems: string[],
): MessageAction[] {
  return actions.flatMap(({ id, title, url }) => {
    if (!isSafeLink(url)) {
      problems.push('action left out: its link may not be shown');
      return [];
    }
    return [{ id: importedId('janus', id), title, url }];
  });
}
