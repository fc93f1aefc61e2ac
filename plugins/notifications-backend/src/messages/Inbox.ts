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
  Mark,
  MessageStore,
  OriginCount,
  Reader,
} from './MessageStore';

const ORIGINS_COUNTED = 100;

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

  /** Also one that is archived or muted. */
  async find(
    user: SignedInUser,
    id: string,
  ): Promise<InboxMessage | undefined> {
    const { messages } = await this.list(user, {
      scope: 'all',
      ids: [id.toLowerCase()],
      orderBy: 'seq',
      direction: 'desc',
      limit: 1,
      offset: 0,
    });
    return messages[0];
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
    const { unknown } = await this.#store.mark(
      await this.#reader(user),
      [...new Set(messageIds.map(id => id.toLowerCase()))],
      mark,
    );
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
   * @param upTo - the id of the newest message that the user has seen: what came later stays as it is
   * @throws NotFoundError where no message of theirs has this id
   */
  async markAllRead(
    user: SignedInUser,
    filter: InboxFilter,
    upTo?: string,
  ): Promise<void> {
    const reader = await this.#reader(user);
    const seq =
      upTo === undefined
        ? undefined
        : await this.#store.seqOf(reader, upTo.toLowerCase());
    if (upTo !== undefined && seq === undefined) {
      throw new NotFoundError(
        `Parameter upTo: no message of yours has the id ${upTo}`,
      );
    }
    await this.#store.markAllRead(reader, filter, seq);
  }

  /** Archives all of the user's messages. */
  async clear(user: SignedInUser): Promise<void> {
    await this.#store.clear(await this.#reader(user));
  }

  /** The user's own rules, and the defaults. */
  async preferences(
    user: SignedInUser,
  ): Promise<{ rules: PreferenceRule[]; defaults: PreferenceDefaults }> {
    return this.#store.preferencesOf(user.userRef);
  }

  async defaults(): Promise<PreferenceDefaults> {
    return this.#store.preferenceDefaults();
  }

  /** @throws InputError where a rule would mute a mandatory origin */
  async setRules(
    user: SignedInUser,
    rules: readonly PreferenceRule[],
  ): Promise<void> {
    const { rules: earlier, defaults } = await this.preferences(user);
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

  async #reader(user: SignedInUser): Promise<Reader> {
    const refs = await this.#audience.refsOf(user);
    return { userRef: user.userRef, refs: [...refs, EVERYBODY] };
  }
}
