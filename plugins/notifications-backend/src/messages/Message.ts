/** The audience of everybody. */
export const EVERYBODY = '*';

export type MessageAction = { id: string; title: string; url: string };

/** A message that was accepted, before it has its place in the feed. */
export type NewMessage = {
  id: string;
  createdAt: Date;
  /** The authenticated principal; `origin` is only a label. */
  sender: string;
  origin: string;
  title: string;
  message?: string;
  topic?: string;
  actions: MessageAction[];
  /** Full refs of users and groups; empty for everybody. */
  targets: string[];
};

/** A message as one reader finds it. */
export type InboxMessage = {
  id: string;
  /** Its place in the feed. */
  seq: number;
  createdAt: Date;
  isSystem: boolean;
  isRead: boolean;
  origin: string;
  title: string;
  message?: string;
  topic?: string;
  actions: MessageAction[];
};
