import {
  NotificationSeverity,
  NotificationType,
} from '@herald/backstage-plugin-notifications-common';
import { createHash } from 'node:crypto';
import { foldText } from '../messages/foldText';
import {
  EVERYBODY,
  MessageAction,
  MessageContent,
  NewMessage,
  StoredMessage,
} from '../messages/Message';

type Moment = string | number;

/** The columns of `herald_message` that its readers see, as both engines give them. */
export type MessageRow = {
  id: string;
  seq: string | number;
  created_at: Moment;
  updated_at: Moment | null;
  corrected_at: Moment | null;
  is_system: boolean | number;
  origin: string;
  topic: string | null;
  scope: string | null;
  title: string;
  message: string | null;
  actions: string;
  severity: string;
  type: string | null;
  solution: string | null;
  document_title: string | null;
  link: string | null;
  icon: string | null;
  metadata: string | null;
  expires_at: Moment | null;
};

export const MESSAGE_COLUMNS = [
  'id',
  'created_at',
  'updated_at',
  'corrected_at',
  'is_system',
  'origin',
  'topic',
  'scope',
  'title',
  'message',
  'actions',
  'severity',
  'type',
  'solution',
  'document_title',
  'link',
  'icon',
  'metadata',
  'expires_at',
] as const satisfies (keyof MessageRow)[];

export function toMessage(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    seq: Number(row.seq),
    createdAt: new Date(Number(row.created_at)),
    updatedAt: toDate(row.updated_at),
    correctedAt: toDate(row.corrected_at),
    isSystem: Boolean(row.is_system),
    origin: row.origin,
    topic: row.topic ?? undefined,
    scope: row.scope ?? undefined,
    title: row.title,
    message: row.message ?? undefined,
    actions: JSON.parse(row.actions) as MessageAction[],
    severity: row.severity as NotificationSeverity,
    type: (row.type as NotificationType | null) ?? undefined,
    solution: row.solution ?? undefined,
    documentTitle: row.document_title ?? undefined,
    link: row.link ?? undefined,
    icon: row.icon ?? undefined,
    metadata: row.metadata === null ? undefined : JSON.parse(row.metadata),
    expiresAt: toDate(row.expires_at),
  };
}

function toDate(moment: Moment | null): Date | undefined {
  return moment === null ? undefined : new Date(Number(moment));
}

/** The columns that hold what a message says. */
export function toContentRow(content: MessageContent) {
  return {
    title: content.title,
    message: content.message ?? null,
    actions: JSON.stringify(content.actions),
    severity: content.severity,
    type: content.type ?? null,
    solution: content.solution ?? null,
    document_title: content.documentTitle ?? null,
    link: content.link ?? null,
    icon: content.icon ?? null,
    metadata: content.metadata ? JSON.stringify(content.metadata) : null,
    expires_at: content.expiresAt?.getTime() ?? null,
    title_folded: foldText(content.title),
    message_folded: foldText(content.message ?? ''),
  };
}

/** A new message, less its `seq`. */
export function toNewRow(message: NewMessage) {
  const at = message.createdAt.getTime();
  return {
    ...toContentRow(message),
    id: message.id,
    created_at: at,
    sort_at: at,
    sender: message.sender,
    is_system: message.targets.includes(EVERYBODY),
    origin: message.origin,
    topic: message.topic ?? null,
    scope: message.scope ?? null,
    scope_hash: scopeHash(message),
  };
}

export type NewMessageRow = ReturnType<typeof toNewRow>;

/** The same for messages of which the later takes the earlier one's place. */
function scopeHash(message: NewMessage): string | null {
  if (message.scope === undefined) {
    return null;
  }
  const { sender, origin, scope, targets, exclusions } = message;
  return createHash('sha256')
    .update(
      JSON.stringify([
        sender,
        origin,
        scope,
        [...targets].sort(),
        [...exclusions].sort(),
      ]),
    )
    .digest('hex');
}

/** Whether its targets' `seq` never changes and nobody is excluded: what `herald_target.is_plain` says. */
export function isPlain(message: NewMessage): boolean {
  return message.scope === undefined && message.exclusions.length === 0;
}
