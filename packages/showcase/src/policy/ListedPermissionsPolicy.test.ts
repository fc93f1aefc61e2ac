import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { ListedPermissionsPolicy } from './ListedPermissionsPolicy';

const policy = ListedPermissionsPolicy.fromConfig(
  new ConfigReader({
    showcase: {
      policy: {
        everybody: ['notifications.list'],
        groups: [
          {
            group: 'group:default/platform',
            permissions: ['notifications.create'],
          },
        ],
      },
    },
  }),
);

const member = (...groups: string[]): PolicyQueryUser => ({
  credentials: mockCredentials.user('user:default/guest'),
  info: {
    userEntityRef: 'user:default/guest',
    ownershipEntityRefs: ['user:default/guest', ...groups],
  },
});

const decide = async (name: string, user?: PolicyQueryUser) => {
  const permission = createPermission({ name, attributes: {} });
  return (await policy.handle({ permission }, user)).result;
};

describe('ListedPermissionsPolicy', () => {
  it('allows everybody who is signed in what is listed for everybody', async () => {
    expect(await decide('notifications.list', member())).toBe(
      AuthorizeResult.ALLOW,
    );
    expect(await decide('notifications.list')).toBe(AuthorizeResult.DENY);
  });

  it('allows members of a group what is listed for the group, and no others', async () => {
    expect(
      await decide('notifications.create', member('group:default/platform')),
    ).toBe(AuthorizeResult.ALLOW);
    expect(
      await decide('notifications.create', member('group:default/docs')),
    ).toBe(AuthorizeResult.DENY);
  });

  it('denies what is not listed', async () => {
    expect(
      await decide('catalog.entity.delete', member('group:default/platform')),
    ).toBe(AuthorizeResult.DENY);
  });

  it('denies everything without a list', async () => {
    const closed = ListedPermissionsPolicy.fromConfig(new ConfigReader({}));
    const permission = createPermission({
      name: 'notifications.list',
      attributes: {},
    });
    expect((await closed.handle({ permission }, member())).result).toBe(
      AuthorizeResult.DENY,
    );
  });
});
