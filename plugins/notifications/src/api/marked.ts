import type { Notification } from '@herald/backstage-plugin-notifications-common';

// What a mark makes of a message, as the server has it. Where nothing changes it stays the same object.

/** What becomes unread leaves the archive: there nobody would look for it. */
export function markedRead(item: Notification, read: boolean): Notification {
  const archived = item.archived && read;
  return item.readByUser === read && item.archived === archived
    ? item
    : { ...item, readByUser: read, archived };
}

/** What is put away counts as read, and stays so when it is back. */
export function markedArchived(
  item: Notification,
  archived: boolean,
): Notification {
  const readByUser = item.readByUser || archived;
  return item.archived === archived && item.readByUser === readByUser
    ? item
    : { ...item, archived, readByUser };
}

export function markedSaved(item: Notification, saved: boolean): Notification {
  return item.saved === saved ? item : { ...item, saved };
}

/** The message with the marks that it had. */
export function markedAs(
  item: Notification,
  was: Notification | undefined,
): Notification {
  return was
    ? {
        ...item,
        readByUser: was.readByUser,
        archived: was.archived,
        saved: was.saved,
      }
    : item;
}
