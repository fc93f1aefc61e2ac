import {
  sendNotificationSchema,
  type Notification,
  type NotificationSeverity,
  type SendNotification,
} from '@herald/backstage-plugin-notifications-common';
import { statusOf } from '../../api/refusal';

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
};

/** Field by field, what is wrong with it. A field of an action is named `actions.0.url`. */
export type Problems = Partial<Record<string, string>>;

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
    targetUsers: ofKind(targets, ['user']),
    targetGroups: ofKind(targets, ['group']),
    targetEntities: beside(targets, ['user', 'group']),
    excludedEntities: form.exclusions.length > 0 ? form.exclusions : undefined,
  };
}

/** Which field of the form stands for a field of the message. */
function fieldFor(path: string): string {
  const [name, index, inner] = path.split('.');
  switch (name) {
    case 'targetUsers':
    case 'targetGroups':
    case 'targetEntities':
      return 'targets';
    case 'excludedEntities':
      return 'exclusions';
    case 'actions':
      return inner === undefined ? name : `${name}.${index}.${inner}`;
    default:
      return Object.hasOwn(emptyForm, name) ? name : 'form';
  }
}

/** What only the form knows to be wrong. */
export type FormMistake =
  | 'noTargets'
  | 'expiresInPast'
  | 'expiresBeforeSent'
  | 'blank';

/**
 * What is wrong with the form, before anybody is asked: by the schema that the server has, too.
 *
 * @param say - the words for what the schema does not know
 */
export function problemsOf(
  form: SendForm,
  now: number,
  say: (mistake: FormMistake) => string,
): Problems {
  const problems: Problems = {};
  const add = (field: string, text: string) => {
    problems[field] ??= text;
  };
  if (form.audience === 'chosen' && form.targets.length === 0) {
    add('targets', say('noTargets'));
  }
  for (const field of ['title', 'origin'] as const) {
    if (form[field].trim() === '') {
      add(field, say('blank'));
    }
  }
  form.actions.forEach((action, index) => {
    for (const field of ['title', 'url'] as const) {
      if (action[field].trim() === '') {
        add(`actions.${index}.${field}`, say('blank'));
      }
    }
  });
  if (form.expiresAt && form.expiresAt.getTime() <= now) {
    add('expiresAt', say('expiresInPast'));
  } else if (
    form.expiresAt &&
    form.sendAt &&
    form.expiresAt.getTime() <= form.sendAt.getTime()
  ) {
    add('expiresAt', say('expiresBeforeSent'));
  }
  const result = sendNotificationSchema.safeParse(toMessage(form));
  for (const issue of result.error?.issues ?? []) {
    add(fieldFor(issue.path.map(String).join('.')), issue.message);
  }
  return problems;
}

/**
 * At which field what the server refuses is to be said: a bad request names it, an unknown target is one of the targets.
 *
 * @param message - the server's own words
 */
export function problemsOfRefusal(
  error: unknown,
  message: string,
  form: SendForm,
): Problems {
  switch (statusOf(error)) {
    case 400: {
      const named = [
        ...message.matchAll(/(?:^|; )(?:Field )([\w.]+):? ([^;]*)/g),
      ];
      const problems: Problems = {};
      for (const [, path, text] of named) {
        problems[fieldFor(path)] ??= text;
      }
      return named.length > 0 ? problems : { form: message };
    }
    case 404:
      return form.exclusions.some(ref => message.includes(ref))
        ? { exclusions: message }
        : { targets: message };
    default:
      return { form: message };
  }
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
    readByUser: false,
    archived: false,
    saved: false,
  };
}
