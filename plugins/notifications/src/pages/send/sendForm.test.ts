import { sendNotificationSchema } from '@herald/backstage-plugin-notifications-common';
import { newIdempotencyKey } from './newIdempotencyKey';
import { emptyForm, toMessage, toPreview, type SendForm } from './sendForm';

const NOW = Date.parse('2026-11-22T08:00:00Z');
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

  it('has what few messages need where it was filled in', () => {
    const message = toMessage({
      ...filled,
      type: 'success',
      solution: 'ZCP',
      documentTitle: 'Getting started',
      icon: 'kind:api',
      scope: 'build',
      metadata: ' {"build": 4711}\n',
    });
    expect(message).toMatchObject({
      type: 'success',
      solution: 'ZCP',
      document_title: 'Getting started',
      icon: 'kind:api',
      scope: 'build',
      metadata: { build: 4711 },
    });
    expect(sendNotificationSchema.safeParse(message).success).toBe(true);
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
