import {
  NotificationSeverity,
  PreferenceRule,
  WEB_CHANNEL,
  notificationSeverities,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import {
  ImportPoint,
  ImportedMark,
  ImportedRow,
  Predecessor,
} from '../import/Predecessor';
import { importedId, readLink, readMoment, readRef } from '../import/readRow';
import { EVERYBODY } from '../messages/Message';
import { isPostgres } from './engine';

type Row = {
  id: string;
  user: string | null;
  title: string;
  description: string | null;
  severity: string;
  link: string | null;
  origin: string;
  scope: string | null;
  topic: string | null;
  icon: string | null;
  created: unknown;
  created_text: string | number;
  updated: unknown;
  read: unknown;
  saved: unknown;
};

type Status = {
  broadcast_id: string;
  user: string;
  read: unknown;
  saved: unknown;
};

/** The tables of Backstage's own notifications backend (0.6): a row a recipient, and broadcasts by themselves. */
export class UpstreamTables implements Predecessor {
  readonly source = 'upstream';
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async isThere(): Promise<boolean> {
    return (
      (await this.#knex.schema.hasTable('notification')) &&
      (await this.#knex.schema.hasTable('broadcast')) &&
      (await this.#knex.schema.hasTable('broadcast_user_status'))
    );
  }

  async count(): Promise<number> {
    const counts = await Promise.all(
      ['notification', 'broadcast'].map(table =>
        this.#knex(table).count({ count: '*' }).first(),
      ),
    );
    return counts.reduce((sum, row) => sum + Number(row?.count ?? 0), 0);
  }

  async read(
    after: ImportPoint | undefined,
    limit: number,
  ): Promise<{ rows: ImportedRow[]; next?: ImportPoint }> {
    const rows: Row[] = await this.#page(after, limit);
    const statuses = await this.#statuses(
      rows.filter(({ user }) => user === null).map(({ id }) => id),
    );
    const last = rows.at(-1);
    return {
      rows: rows.map(row => toImported(row, statuses)),
      next: last && JSON.stringify([last.created_text, last.id]),
    };
  }

  async preferences(): Promise<ReadonlyMap<string, PreferenceRule[]>> {
    const byUser = new Map<string, PreferenceRule[]>();
    if (!(await this.#knex.schema.hasTable('user_settings'))) {
      return byUser;
    }
    // A row says on for everything there is; only off says something.
    const rows = await this.#knex('user_settings')
      .where({ enabled: false })
      .orderBy(['user', 'channel', 'origin'])
      .select('user', 'channel', 'origin', 'topic');
    const originsOff = new Set(
      rows
        .filter(({ topic }) => topic === null)
        .map(({ user, channel, origin }) => [user, channel, origin].join('\n')),
    );
    for (const { user, channel, origin, topic } of rows) {
      const userRef = readRef(user, 'user');
      const isImplied =
        topic !== null && originsOff.has([user, channel, origin].join('\n'));
      if (userRef && !isImplied) {
        const rule: PreferenceRule = {
          channel:
            channel.toLowerCase() === WEB_CHANNEL ? WEB_CHANNEL : channel,
          origin,
          ...(topic !== null && { topic }),
          enabled: false,
        };
        byUser.set(userRef, [...(byUser.get(userRef) ?? []), rule]);
      }
    }
    return byUser;
  }

  /**
   * By date, so that what is older gets the lower place in the feed. Each table by itself first, so that no more than a page of
   * either is sorted.
   */
  #page(after: ImportPoint | undefined, limit: number): Knex.QueryBuilder {
    const knex = this.#knex;
    const nothing = (name: string, type: string) =>
      knex.raw(`CAST(NULL AS ${type}) as ??`, [name]);
    const own = this.#oldest('notification', after, limit).select(
      'user',
      'read',
      'saved',
    );
    const broadcasts = this.#oldest('broadcast', after, limit).select(
      nothing('user', 'varchar'),
      nothing('read', 'timestamptz'),
      nothing('saved', 'timestamptz'),
    );
    const all = knex
      .from(own.as('own'))
      .select('*')
      .unionAll(knex.from(broadcasts.as('b')).select('*'));
    return knex
      .from(all.as('n'))
      .select('*')
      .orderBy(['created', 'id'])
      .limit(limit);
  }

  /** PostgreSQL's microseconds stay text, or rows would be lost between pages. */
  #oldest(
    table: 'notification' | 'broadcast',
    after: ImportPoint | undefined,
    limit: number,
  ): Knex.QueryBuilder {
    const knex = this.#knex;
    const query = knex(table)
      .select(
        'id',
        'title',
        'description',
        'severity',
        'link',
        'origin',
        'scope',
        'topic',
        'icon',
        'created',
        'updated',
        knex.raw(
          `${isPostgres(knex) ? 'created::text' : 'created'} as created_text`,
        ),
      )
      .orderBy(['created', 'id'])
      .limit(limit);
    if (after !== undefined) {
      const point = isPostgres(knex) ? '(?::timestamptz, ?::uuid)' : '(?, ?)';
      query.whereRaw(`(created, id) > ${point}`, JSON.parse(after));
    }
    return query;
  }

  async #statuses(ids: string[]): Promise<Map<string, Status[]>> {
    const rows: Status[] =
      ids.length > 0
        ? await this.#knex('broadcast_user_status').whereIn('broadcast_id', ids)
        : [];
    const byBroadcast = new Map<string, Status[]>();
    for (const row of rows) {
      byBroadcast.set(row.broadcast_id, [
        ...(byBroadcast.get(row.broadcast_id) ?? []),
        row,
      ]);
    }
    return byBroadcast;
  }
}

function toImported(row: Row, statuses: Map<string, Status[]>): ImportedRow {
  const { link, problem } = readLink(row.link);
  const problems = problem ? [problem] : [];
  const createdAt = readMoment(row.created);
  const userRef = row.user === null ? EVERYBODY : readRef(row.user, 'user');
  if (!createdAt || !userRef) {
    return {
      sourceId: row.id,
      problems: [
        createdAt
          ? 'left out: its user is no entity ref'
          : 'left out: it has no date',
      ],
    };
  }
  return {
    sourceId: row.id,
    problems,
    message: {
      id: importedId('upstream', row.id),
      createdAt,
      updatedAt: readMoment(row.updated),
      // There the origin is who was signed in.
      sender: `service:${row.origin}`,
      origin: row.origin,
      title: row.title,
      message: row.description ?? undefined,
      topic: row.topic ?? undefined,
      severity: readSeverity(row.severity),
      link,
      icon: row.icon ?? undefined,
      scope: row.scope ?? undefined,
      actions: [],
      targets: [userRef],
      marks:
        userRef === EVERYBODY
          ? (statuses.get(row.id) ?? []).flatMap(toMark)
          : [toOwnMark(userRef, row)],
    },
  };
}

function toMark(status: Status): ImportedMark[] {
  const userRef = readRef(status.user, 'user');
  return userRef ? [toOwnMark(userRef, status)] : [];
}

function toOwnMark(
  userRef: string,
  { read, saved }: { read: unknown; saved: unknown },
): ImportedMark {
  return {
    userRef,
    // Dates of when it was; what matters is whether.
    isRead: read !== null,
    isSaved: saved !== null,
  };
}

function readSeverity(text: string): NotificationSeverity {
  return (
    notificationSeverities.find(severity => severity === text.toLowerCase()) ??
    'normal'
  );
}
