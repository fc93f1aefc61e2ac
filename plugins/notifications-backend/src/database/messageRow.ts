import { InboxMessage, MessageAction } from '../messages/Message';

/** The columns of `herald_message` that its readers see, as both engines give them. */
export type MessageRow = {
  id: string;
  seq: string | number;
  created_at: string | number;
  is_system: boolean | number;
  origin: string;
  title: string;
  message: string | null;
  topic: string | null;
  actions: string;
};

export function toMessage(row: MessageRow): Omit<InboxMessage, 'isRead'> {
  return {
    id: row.id,
    seq: Number(row.seq),
    createdAt: new Date(Number(row.created_at)),
    isSystem: Boolean(row.is_system),
    origin: row.origin,
    title: row.title,
    message: row.message ?? undefined,
    topic: row.topic ?? undefined,
    actions: JSON.parse(row.actions) as MessageAction[],
  };
}
