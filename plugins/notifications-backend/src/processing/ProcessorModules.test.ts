import { mockServices } from '@backstage/backend-test-utils';
import { NotificationRecipientResolver } from '@backstage/plugin-notifications-node';
import { GUEST } from '../__testUtils__/people';
import { NewMessage } from '../messages/Message';
import { ProcessorModules } from './ProcessorModules';
import { ProcessorRegistry } from './ProcessorRegistry';

const message: NewMessage = {
  id: '0199f0d0-0000-7000-8000-000000000001',
  createdAt: new Date(0),
  sender: 'service:tests',
  origin: 'tests',
  title: 'A title',
  actions: [],
  severity: 'normal',
  targets: [GUEST],
  exclusions: [],
  named: { refs: [GUEST], excluded: [] },
};

function setUp(resolver?: NotificationRecipientResolver) {
  const registry = new ProcessorRegistry();
  if (resolver) {
    registry.setNotificationRecipientResolver(resolver);
  }
  const logger = mockServices.logger.mock();
  const modules = new ProcessorModules({
    registry,
    audience: {
      refsOf: async () => [],
      refsOfAll: async () => new Map(),
      recipients: async () => new Map(),
    },
    logger,
    patienceMs: 50,
  });
  return { modules, registry, logger };
}

describe('the modules of a portal', () => {
  it.each<[string, NotificationRecipientResolver]>([
    ['hangs', { resolveNotificationRecipients: () => new Promise(() => {}) }],
    [
      'fails',
      {
        resolveNotificationRecipients: async () => {
          throw new Error('no directory');
        },
      },
    ],
  ])(
    'refuse a message for now where the recipient resolver %s',
    async (_, resolver) => {
      const { modules, logger } = setUp(resolver);
      await expect(modules.prepare(message)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: 'The recipient resolver of this portal has failed',
      });
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringMatching(/recipient resolver failed/),
      );
    },
  );

  it('go on without a processor that hangs over the options of a message', async () => {
    const { modules, registry, logger } = setUp();
    registry.addProcessor({
      getName: () => 'Hangs',
      processOptions: () => new Promise(() => {}),
    });
    expect(await modules.prepare(message)).toEqual(message);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/processor Hangs failed.*longer than 50 ms/),
    );
  });
});
