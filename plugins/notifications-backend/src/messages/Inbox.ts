import { NotFoundError } from '@backstage/errors';
import { Audience, SignedInUser } from '../audience/Audience';
import { EVERYBODY } from './Message';
import {
  InboxFilter,
  InboxPage,
  InboxPageRequest,
  MessageStore,
  Reader,
} from './MessageStore';

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

  async count(user: SignedInUser, filter: InboxFilter): Promise<number> {
    return this.#store.count(await this.#reader(user), filter);
  }

  /** @throws NotFoundError where an id is not that of a message of theirs; nothing was changed then */
  async markRead(
    user: SignedInUser,
    messageIds: readonly string[],
    isRead: boolean,
  ): Promise<void> {
    const { unknown } = await this.#store.markRead(
      await this.#reader(user),
      [...new Set(messageIds.map(id => id.toLowerCase()))],
      isRead,
    );
    if (unknown.length > 0) {
      throw new NotFoundError(
        `Parameter messageId: no message of yours has the id ${unknown.join(
          ', ',
        )}`,
      );
    }
  }

  async #reader(user: SignedInUser): Promise<Reader> {
    const refs = await this.#audience.refsOf(user);
    return { userRef: user.userRef, refs: [...refs, EVERYBODY] };
  }
}
