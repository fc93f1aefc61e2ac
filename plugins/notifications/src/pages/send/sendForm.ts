import type {
  Notification,
  NotificationSeverity,
  NotificationType,
  SendNotification,
} from '@herald/backstage-plugin-notifications-common';

/** What a person fills in. Moments are those of the person's own clock. */
export type SendForm = {
  audience: 'chosen' | 'everybody';
  /** Full entity refs. */
  targets: string[];
  exclusions: string[];
  title: string;
  message: string;
  severity: NotificationSeverity;
  origin: string;
  topic: string;
  link: string;
  actions: { title: string; url: string }[];
  expiresAt: Date | undefined;
  sendAt: Date | undefined;
  type: NotificationType | 'none';
  solution: string;
  documentTitle: string;
  icon: string;
  scope: string;
  /** JSON, as it is written. */
  metadata: string;
};

export const emptyForm: SendForm = {
  audience: 'chosen',
  targets: [],
  exclusions: [],
  title: '',
  message: '',
  severity: 'normal',
  origin: '',
  topic: '',
  link: '',
  actions: [],
  expiresAt: undefined,
  sendAt: undefined,
  type: 'none',
  solution: '',
  documentTitle: '',
  icon: '',
  scope: '',
  metadata: '',
};

/** What few messages need. */
export const furtherFields = [
  'type',
  'solution',
  'documentTitle',
  'icon',
  'scope',
  'metadata',
] as const satisfies readonly (keyof SendForm)[];

/** The metadata that was written; `undefined` where nothing was, or no object of JSON. */
export function readMetadata(
  text: string,
): SendNotification['metadata'] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function orNothing(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

function ofKind(refs: readonly string[], kinds: readonly string[]) {
  const some = refs.filter(ref => kinds.includes(ref.split(':')[0]));
  return some.length > 0 ? some : undefined;
}

function beside(refs: readonly string[], kinds: readonly string[]) {
  const some = refs.filter(ref => !kinds.includes(ref.split(':')[0]));
  return some.length > 0 ? some : undefined;
}

/** The form as the server takes it. */
export function toMessage(form: SendForm): SendNotification {
  const targets = form.audience === 'everybody' ? [] : form.targets;
  return {
    origin: form.origin,
    title: form.title,
    message: orNothing(form.message),
    topic: orNothing(form.topic),
    severity: form.severity,
    link: orNothing(form.link),
    actions: form.actions.length > 0 ? form.actions : undefined,
    expiresAt: form.expiresAt?.toISOString(),
    sendAt: form.sendAt?.toISOString(),
    type: form.type === 'none' ? undefined : form.type,
    solution: orNothing(form.solution),
    document_title: orNothing(form.documentTitle),
    icon: orNothing(form.icon),
    scope: orNothing(form.scope),
    metadata: readMetadata(form.metadata),
    targetUsers: ofKind(targets, ['user']),
    targetGroups: ofKind(targets, ['group']),
    targetEntities: beside(targets, ['user', 'group']),
    excludedEntities: form.exclusions.length > 0 ? form.exclusions : undefined,
  };
}

/** The message as its readers will see it. */
export function toPreview(form: SendForm, now: Date): Notification {
  return {
    id: 'preview',
    created: (form.sendAt ?? now).toISOString(),
    isSystem: form.audience === 'everybody',
    origin: form.origin,
    title: form.title,
    message: orNothing(form.message),
    topic: orNothing(form.topic),
    severity: form.severity,
    link: orNothing(form.link),
    actions: form.actions.map((action, index) => ({
      id: String(index),
      ...action,
    })),
    expiresAt: form.expiresAt?.toISOString(),
    type: form.type === 'none' ? undefined : form.type,
    solution: orNothing(form.solution),
    document_title: orNothing(form.documentTitle),
    icon: orNothing(form.icon),
    readByUser: false,
    archived: false,
    saved: false,
  };
}
