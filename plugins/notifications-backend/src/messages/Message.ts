import {
  NotificationSeverity,
  NotificationType,
} from '@herald/backstage-plugin-notifications-common';
import { JsonObject } from '@backstage/types';

/** The audience of everybody. */
export const EVERYBODY = '*';

export type MessageAction = { id: string; title: string; url: string };

/** What a message says, and what can be corrected after it was sent. */
export type MessageContent = {
  title: string;
  message?: string;
  actions: MessageAction[];
  severity: NotificationSeverity;
  type?: NotificationType;
  solution?: string;
  documentTitle?: string;
  link?: string;
  icon?: string;
  metadata?: JsonObject;
  /** From here on nobody sees it. */
  expiresAt?: Date;
};

/** Whom a message is for as its sender named them: entities of any kind, before owners were looked up. */
export type NamedAudience =
  | 'everybody'
  | { refs: readonly string[]; excluded: readonly string[] };

/** A message that was accepted, before it has its place in the feed. */
export type NewMessage = MessageContent & {
  id: string;
  createdAt: Date;
  /** The authenticated principal; `origin` is only a label. */
  sender: string;
  origin: string;
  topic?: string;
  /** Full refs of users and groups, at least one; or `EVERYBODY` alone. */
  targets: readonly string[];
  /** Full refs of users and groups that it does not reach, although a target does. */
  exclusions: readonly string[];
  /** What `targets` and `exclusions` were made of, where it was something else. */
  named?: NamedAudience;
  /** A later one of the same sender, origin, scope and audience takes its place. */
  scope?: string;
};

/** A message as all of its readers find it. */
export type StoredMessage = MessageContent & {
  id: string;
  /** Its place in the feed. */
  seq: number;
  createdAt: Date;
  /** When it was sent again, by its scope. */
  updatedAt?: Date;
  correctedAt?: Date;
  isSystem: boolean;
  origin: string;
  topic?: string;
  scope?: string;
};

/** A message as one reader finds it. */
export type InboxMessage = StoredMessage & {
  isRead: boolean;
  isArchived: boolean;
  isSaved: boolean;
};
