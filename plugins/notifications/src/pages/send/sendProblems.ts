import {
  notificationLimits,
  sendNotificationSchema,
} from '@herald/backstage-plugin-notifications-common';
import { statusOf } from '@herald/frontend';
import { emptyForm, readMetadata, toMessage, type SendForm } from './sendForm';

/** Field by field, what is wrong with it, in the reader's words. A field of an action is named `actions.0.url`. */
export type Problems = Partial<Record<string, string>>;

/** What can be wrong; the words for it are in the translations. */
export type Mistake =
  | 'noTargets'
  | 'expiresInPast'
  | 'expiresBeforeSent'
  | 'blank'
  | 'tooLong'
  | 'tooMany'
  | 'badLink'
  | 'badCharacters'
  | 'badMetadata'
  | 'tooNested'
  | 'notAccepted'
  | 'unknownTargets'
  | 'ownerlessTargets'
  | 'tooLarge'
  | 'tooFast'
  | 'unavailable'
  | 'denied'
  | 'broken';

/** Says a mistake; `limit` and `refs` are for those that name them. */
export type Say = (
  mistake: Mistake,
  about: { limit: string; refs: string },
) => string;

type Issue = NonNullable<
  ReturnType<typeof sendNotificationSchema.safeParse>['error']
>['issues'][number];

const BY_PROBLEM: Record<string, Mistake> = {
  blank: 'blank',
  unstorable: 'badCharacters',
  link: 'badLink',
  nested: 'tooNested',
  long: 'tooLong',
};

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
    case 'document_title':
      return 'documentTitle';
    case 'actions':
      return inner === undefined ? name : `${name}.${index}.${inner}`;
    default:
      return Object.hasOwn(emptyForm, name) ? name : 'form';
  }
}

function mistakeOf(issue: Issue): { mistake: Mistake; limit: string } {
  switch (issue.code) {
    case 'too_big':
      return {
        mistake: issue.origin === 'array' ? 'tooMany' : 'tooLong',
        limit: String(issue.maximum),
      };
    case 'too_small':
      return { mistake: 'blank', limit: '' };
    case 'custom':
      return {
        mistake: BY_PROBLEM[String(issue.params?.problem)] ?? 'notAccepted',
        limit: String(notificationLimits.metadataLength),
      };
    default:
      return { mistake: 'notAccepted', limit: '' };
  }
}

/** What is wrong with the form, before anybody is asked: by the schema that the server has, too. */
export function problemsOf(form: SendForm, now: number, say: Say): Problems {
  const problems: Problems = {};
  const add = (field: string, mistake: Mistake, limit = '') => {
    problems[field] ??= say(mistake, { limit, refs: '' });
  };
  if (form.audience === 'chosen' && form.targets.length === 0) {
    add('targets', 'noTargets');
  }
  for (const field of ['title', 'origin'] as const) {
    if (form[field].trim() === '') {
      add(field, 'blank');
    }
  }
  form.actions.forEach((action, index) => {
    for (const field of ['title', 'url'] as const) {
      if (action[field].trim() === '') {
        add(`actions.${index}.${field}`, 'blank');
      }
    }
  });
  if (form.expiresAt && form.expiresAt.getTime() <= now) {
    add('expiresAt', 'expiresInPast');
  } else if (
    form.expiresAt &&
    form.sendAt &&
    form.expiresAt.getTime() <= form.sendAt.getTime()
  ) {
    add('expiresAt', 'expiresBeforeSent');
  }
  if (form.metadata.trim() !== '' && !readMetadata(form.metadata)) {
    add('metadata', 'badMetadata');
  }
  const result = sendNotificationSchema.safeParse(toMessage(form));
  for (const issue of result.error?.issues ?? []) {
    const { mistake, limit } = mistakeOf(issue);
    add(fieldFor(issue.path.map(String).join('.')), mistake, limit);
  }
  return problems;
}

const BY_STATUS: Partial<Record<number, Mistake>> = {
  400: 'notAccepted',
  403: 'denied',
  413: 'tooLarge',
  429: 'tooFast',
  503: 'unavailable',
};

/**
 * At which field what the server refuses is to be said: a bad request names it, an unknown target is one of the targets.
 *
 * @param message - the server's own words, in which it names fields and refs; they are not shown
 */
export function problemsOfRefusal(
  error: unknown,
  message: string,
  form: SendForm,
  say: Say,
): Problems {
  const status = statusOf(error);
  const words = (mistake: Mistake, refs: readonly string[] = []) =>
    say(mistake, { limit: '', refs: refs.join(', ') });
  if (status === 404) {
    const among = (refs: readonly string[]) =>
      refs.filter(ref => message.includes(ref));
    const exclusions = among(form.exclusions);
    return exclusions.length > 0
      ? { exclusions: words('unknownTargets', exclusions) }
      : {
          targets: words(
            message.startsWith('Nobody')
              ? 'ownerlessTargets'
              : 'unknownTargets',
            among(form.targets),
          ),
        };
  }
  const named = [...message.matchAll(/(?:^|; )Field ([\w.]+):? /g)];
  if (status === 400 && named.length > 0) {
    return Object.fromEntries(
      named.map(([, path]) => {
        const field = fieldFor(path);
        return [
          field,
          words(field === 'expiresAt' ? 'expiresBeforeSent' : 'notAccepted'),
        ];
      }),
    );
  }
  return { form: words(BY_STATUS[status ?? 0] ?? 'broken') };
}
