import type { LiveEvent } from './live/liveNotificationsApi';

/** Far more than comes in a day; what is forgotten is asked for. */
const REMEMBERED = 1_000;

/** What has been told of messages being read, so that a message that is sent again does not count twice. */
export class ReadTrail {
  readonly #isRead = new Map<string, boolean>();

  /**
   * Takes in what has happened.
   *
   * A message that is sent again (`updated`) becomes unread, but only one that was read before is one more. Of one that nothing was
   * told about, only the server knows.
   *
   * @returns how many unread messages there are for certain because of it: 1 or 0
   */
  unreadBy(event: LiveEvent): number {
    switch (event.type) {
      case 'message': {
        const { id, updated, readByUser, archived } = event.data;
        const wasRead = this.#isRead.get(id) ?? updated === undefined;
        const isRead = readByUser || archived;
        this.#remember(id, isRead);
        return wasRead && !isRead ? 1 : 0;
      }
      case 'read':
        event.data.messageIds.forEach(id =>
          this.#remember(id, event.data.read),
        );
        return 0;
      case 'archived':
        if (event.data.archived) {
          event.data.messageIds.forEach(id => this.#remember(id, true));
        }
        return 0;
      case 'refresh':
        // It does not say what has been marked.
        this.#isRead.clear();
        return 0;
      default:
        return 0;
    }
  }

  #remember(id: string, isRead: boolean) {
    this.#isRead.delete(id);
    this.#isRead.set(id, isRead);
    const [oldest] = this.#isRead.keys();
    if (this.#isRead.size > REMEMBERED) {
      this.#isRead.delete(oldest);
    }
  }
}
