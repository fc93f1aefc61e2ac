import {
  ImportSource,
  NotificationSeverity,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { MessageAction } from '../messages/Message';

/** What one user had done with a message. */
export type ImportedMark = {
  userRef: string;
  isRead: boolean;
  isSaved: boolean;
};

/** A message of another plugin, as ours. */
export type ImportedMessage = {
  id: string;
  createdAt: Date;
  updatedAt?: Date;
  sender: string;
  origin: string;
  title: string;
  message?: string;
  topic?: string;
  severity: NotificationSeverity;
  link?: string;
  icon?: string;
  scope?: string;
  actions: MessageAction[];
  /** Full refs of users and groups, or `EVERYBODY` alone. */
  targets: string[];
  marks: ImportedMark[];
};

/** A row that was read: what it becomes, and what of it could not be kept. `message` is absent where nothing could. */
export type ImportedRow = {
  sourceId: string;
  message?: ImportedMessage;
  problems: string[];
};

/** Where reading goes on; opaque, JSON. */
export type ImportPoint = string;

/** The tables of another notifications plugin, in the database of this one. They are only read. */
export interface Predecessor {
  readonly source: ImportSource;
  isThere(): Promise<boolean>;
  count(): Promise<number>;
  /**
   * Its messages, the oldest first.
   *
   * @param after - from an earlier answer; the beginning where it is left out
   * @returns `next` to go on from; absent where there is nothing more now
   */
  read(
    after: ImportPoint | undefined,
    limit: number,
  ): Promise<{ rows: ImportedRow[]; next?: ImportPoint }>;
  /** What people have switched off there; by their refs. */
  preferences(): Promise<ReadonlyMap<string, PreferenceRule[]>>;
}
