import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

describe('the start', () => {
  it.each([true, false])(
    'warns, where anybody may send (%s)',
    async dangerouslyAllowAnonymousSenders => {
      const logger = mockServices.logger.mock();
      await startNotifications(databases, 'SQLITE_3', {
        features: [logger.factory],
        notifications: { dangerouslyAllowAnonymousSenders },
      });
      const warnings = logger.warn.mock.calls.map(([text]) => text);
      expect(
        warnings.filter(text =>
          text.startsWith('notifications.dangerouslyAllowAnonymousSenders'),
        ),
      ).toHaveLength(dangerouslyAllowAnonymousSenders ? 1 : 0);
    },
  );
});
