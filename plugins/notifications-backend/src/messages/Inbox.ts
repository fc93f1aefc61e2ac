import { InputError, NotFoundError } from '@backstage/errors';
import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { Audience, SignedInUser } from '../audience/Audience';
import { EVERYBODY, InboxMessage } from './Message';
import {
  InboxFilter,
  InboxPage,
  InboxPageRequest,
  InboxPosition,
  Mark,
  MessageStore,
  OriginCount,
  Reader,
} from './MessageStore';

const ORIGINS_COUNTED = 100;
/** So many of the largest messages are some 5 MB. */
const MESSAGES_PER_PART = 200;

/** What a user finds and does in their own messages; nobody else's can be reached from here. */
export class Inbox {
  readonly #store: MessageStore;
  readonly #audience: Audience;

  constructor(options: { store: MessageStore; audience: Audience }) {
    this.#store = options.store;
    this.#audience = options.audience;
  }

  async list(
    user: SignedInUser,
    request: InboxPageRequest,
  ): Promise<InboxPage> {
    return this.#store.list(await this.#reader(user), request);
  }

  /**
   * A page of any length, read part by part as it is taken, so that it is never in memory as a whole. Which messages are on it is
   * decided at once; one that goes while the page is being taken is left out.
   */
  async listInParts(
    user: SignedInUser,
    request: InboxPageRequest,
  ): Promise<{ parts: AsyncIterable<InboxMessage[]>; next?: InboxPosition }> {
    const reader = await this.#reader(user);
    if (request.limit <= MESSAGES_PER_PART) {
      const { messages, next } = await this.#store.list(reader, request);
      return { parts: only(messages), next };
    }
    const { ids, next } = await this.#store.listIds(reader, request);
    return { parts: this.#inParts(reader, ids), next };
  }

  /** Also one that is archived or muted, and by any of its ids. */
  async find(
    user: SignedInUser,
    id: string,
  ): Promise<InboxMessage | undefined> {
    const reader = await this.#reader(user);
    return this.#byAnyId(id.toLowerCase(), async stored => {
      const { messages } = await this.#store.list(reader, {
        scope: 'all',
        ids: [stored],
        orderBy: 'seq',
        direction: 'desc',
        limit: 1,
        offset: 0,
      });
      return messages[0];
    });
  }

  async count(user: SignedInUser, filter: InboxFilter): Promise<number> {
    return this.#store.count(await this.#reader(user), filter);
  }

  /** The largest origins, largest first. */
  async countByOrigin(
    user: SignedInUser,
    filter: InboxFilter,
  ): Promise<OriginCount[]> {
    return this.#store.countByOrigin(
      await this.#reader(user),
      filter,
      ORIGINS_COUNTED,
    );
  }

  /** From where the user has messages, and about what. */
  async origins(
    user: SignedInUser,
    limit: number,
  ): Promise<{ origin: string; topics: string[] }[]> {
    return this.#store.origins(await this.#reader(user), limit);
  }

  /** @throws NotFoundError where an id is not that of a message of theirs; nothing was changed then */
  async mark(
    user: SignedInUser,
    messageIds: readonly string[],
    mark: Mark,
  ): Promise<void> {
    const reader = await this.#reader(user);
    const ids = messageIds.map(id => id.toLowerCase());
    let { unknown } = await this.#store.mark(reader, [...new Set(ids)], mark);
    const aliases =
      unknown.length > 0 ? await this.#store.aliased(unknown) : undefined;
    if (aliases?.size) {
      const stored = ids.map(id => aliases.get(id) ?? id);
      const again = await this.#store.mark(reader, [...new Set(stored)], mark);
      unknown = ids.filter((_, i) => again.unknown.includes(stored[i]));
    }
    if (unknown.length > 0) {
      throw new NotFoundError(
        `Parameter messageId: no message of yours has the id ${unknown.join(
          ', ',
        )}`,
      );
    }
  }

  /**
   * Marks as read whatever matches.
   *
   * @param upTo - the newest message that the user has seen, and its date as they saw it: what stands after it in the list, and what
   * has come again since, stays as it is
   * @throws NotFoundError where no message of theirs has this id
   */
  async markAllRead(
    user: SignedInUser,
    filter: InboxFilter,
    upTo?: { id: string; seenAt?: Date },
  ): Promise<void> {
    const reader = await this.#reader(user);
    const point = upTo && (await this.#pointOf(reader, upTo));
    await this.#store.markAllRead(reader, filter, point);
  }

  /** Archives all of the user's messages. */
  async clear(user: SignedInUser): Promise<void> {
    await this.#store.clear(await this.#reader(user));
  }

  /** The user's own rules, and the defaults. */
  async preferences(
    userRef: string,
  ): Promise<{ rules: PreferenceRule[]; defaults: PreferenceDefaults }> {
    return this.#store.preferencesOf(userRef);
  }

  async defaults(): Promise<PreferenceDefaults> {
    return this.#store.preferenceDefaults();
  }

  /** @throws InputError where a rule would mute a mandatory origin */
  async setRules(
    user: SignedInUser,
    rules: readonly PreferenceRule[],
  ): Promise<void> {
    const { rules: earlier, defaults } = await this.preferences(user.userRef);
    // One that was there before its origin became mandatory has no effect, and is not to be in the way of others.
    const wasThere = new Set(earlier.map(rule => JSON.stringify(rule)));
    const refused = rules.findIndex(
      rule =>
        !rule.enabled &&
        rule.origin !== undefined &&
        defaults.mandatoryOrigins.includes(rule.origin) &&
        !wasThere.has(JSON.stringify(rule)),
    );
    if (refused >= 0) {
      throw new InputError(
        `Field rules.${refused}.origin: messages of ${rules[refused].origin} cannot be muted`,
      );
    }
    await this.#store.setRules(user.userRef, rules);
  }

  async #pointOf(
    reader: Reader,
    { id, seenAt }: { id: string; seenAt?: Date },
  ): Promise<InboxPosition> {
    const current = await this.#byAnyId(id.toLowerCase(), stored =>
      this.#store.positionOf(reader, stored),
    );
    if (current === undefined) {
      throw new NotFoundError(
        `Parameter upTo: no message of yours has the id ${id}`,
      );
    }
    const seen = seenAt?.getTime() ?? Infinity;
    // It has come again. Which of the same millisecond had been seen nobody knows: they stay as they are.
    return seen < current.sortAt ? { sortAt: seen, seq: 0 } : current;
  }

  async *#inParts(
    reader: Reader,
    ids: readonly string[],
  ): AsyncGenerator<InboxMessage[]> {
    for (let start = 0; start < ids.length; start += MESSAGES_PER_PART) {
      const wanted = ids.slice(start, start + MESSAGES_PER_PART);
      const { messages } = await this.#store.list(reader, {
        scope: 'all',
        ids: wanted,
        orderBy: 'seq',
        direction: 'desc',
        limit: wanted.length,
        offset: 0,
      });
      const found = new Map(messages.map(message => [message.id, message]));
      yield wanted.flatMap(id => found.get(id) ?? []);
    }
  }

  /** What is found under an id, or else under the one that it stands for. */
  async #byAnyId<T>(
    id: string,
    find: (id: string) => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const found = await find(id);
    if (found !== undefined) {
      return found;
    }
    const stored = (await this.#store.aliased([id])).get(id);
    return stored === undefined ? undefined : find(stored);
  }

  async #reader(user: SignedInUser): Promise<Reader> {
    const refs = await this.#audience.refsOf(user);
    return { userRef: user.userRef, refs: [...refs, EVERYBODY] };
  }
}

async function* only<T>(part: T): AsyncGenerator<T> {
  yield part;
}
