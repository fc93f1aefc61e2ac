import { sendNotificationSchema } from '@herald/backstage-plugin-notifications-common';
import { refused } from '../../testing';
import { newIdempotencyKey } from './newIdempotencyKey';
import {
  emptyForm,
  problemsOf,
  problemsOfRefusal,
  toMessage,
  toPreview,
  type SendForm,
} from './sendForm';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const say = (mistake: string) => `(${mistake})`;
const filled: SendForm = {
  ...emptyForm,
  targets: ['user:default/guest'],
  title: 'A title',
  origin: 'me',
};

describe('toMessage', () => {
  it('sorts the targets by what they are', () => {
    const message = toMessage({
      ...filled,
      targets: [
        'user:default/guest',
        'group:default/docs',
        'component:default/wallet',
        'api:default/pay',
      ],
      exclusions: ['user:default/anna'],
    });
    expect(message).toMatchObject({
      targetUsers: ['user:default/guest'],
      targetGroups: ['group:default/docs'],
      targetEntities: ['component:default/wallet', 'api:default/pay'],
      excludedEntities: ['user:default/anna'],
    });
    expect(sendNotificationSchema.safeParse(message).success).toBe(true);
  });

  it('names no target for everybody, whoever was chosen before', () => {
    const message = toMessage({ ...filled, audience: 'everybody' });
    expect(message.targetUsers).toBeUndefined();
  });

  it('leaves out what was left empty', () => {
    const message = toMessage(filled);
    expect(JSON.parse(JSON.stringify(message))).toEqual({
      origin: 'me',
      title: 'A title',
      severity: 'normal',
      targetUsers: ['user:default/guest'],
    });
  });
});

describe('problemsOf', () => {
  it('finds none where there is none', () => {
    expect(problemsOf(filled, NOW, say)).toEqual({});
  });

  it('finds all at once, each at its field', () => {
    expect(
      problemsOf(
        {
          ...emptyForm,
          // eslint-disable-next-line no-script-url
          link: 'javascript:alert(1)',
          actions: [{ title: '', url: '//evil.example.com' }],
          expiresAt: new Date(NOW),
        },
        NOW,
        say,
      ),
    ).toEqual({
      targets: '(noTargets)',
      title: '(blank)',
      origin: '(blank)',
      link: 'must be an http or https URL, or a path within the portal',
      'actions.0.title': '(blank)',
      'actions.0.url':
        'must be an http or https URL, or a path within the portal',
      expiresAt: '(expiresInPast)',
    });
  });

  it('asks nobody to be chosen for everybody', () => {
    const form: SendForm = { ...filled, audience: 'everybody', targets: [] };
    expect(problemsOf(form, NOW, say)).toEqual({});
  });

  it('refuses what expires before it is sent', () => {
    const form = {
      ...filled,
      sendAt: new Date(NOW + 2_000),
      expiresAt: new Date(NOW + 1_000),
    };
    expect(problemsOf(form, NOW, say)).toEqual({
      expiresAt: '(expiresBeforeSent)',
    });
  });
});

describe('problemsOfRefusal', () => {
  it.each([
    [400, 'Field title: must not be blank', { title: 'must not be blank' }],
    [
      400,
      'Field targetGroups.0: must be a group; Field actions.1.url: is wrong (was "x")',
      { targets: 'must be a group', 'actions.1.url': 'is wrong (was "x")' },
    ],
    [400, 'Something else', { form: 'Something else' }],
    [400, 'Field metadata: too long', { form: 'too long' }],
    [404, 'Not in the catalog: user:default/x', { targets: expect.anything() }],
    [
      404,
      'Not in the catalog: user:default/gone',
      { exclusions: expect.anything() },
    ],
    [403, 'No', { form: 'No' }],
    [503, 'Later', { form: 'Later' }],
  ])('%i, "%s"', (status, message, problems) => {
    const form = { ...filled, exclusions: ['user:default/gone'] };
    expect(problemsOfRefusal(refused(status), message, form)).toEqual(problems);
  });
});

it('shows what is written as it will be read', () => {
  expect(
    toPreview(
      { ...filled, audience: 'everybody', message: ' ' },
      new Date(NOW),
    ),
  ).toMatchObject({
    title: 'A title',
    isSystem: true,
    readByUser: false,
    created: '2026-11-22T08:00:00.000Z',
    message: undefined,
  });
});

it('makes a key of its own each time, such as a header may carry', () => {
  const keys = Array.from({ length: 100 }, newIdempotencyKey);
  expect(new Set(keys).size).toBe(100);
  expect(keys[0]).toMatch(/^[\x21-\x7e]{10,255}$/);
});
