import { ConfigReader } from '@backstage/config';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  manualPublishAdministerPermission,
  manualPublishCancelPermission,
  manualPublishPublishPermission,
  manualPublishReadPermission,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  notificationsAdministerPermission,
  notificationsCreatePermission,
  notificationsListPermission,
  notificationsUpdateReadPermission,
} from '@herald/backstage-plugin-notifications-common';
import { ExamplePolicy } from './ExamplePolicy';

function member(...groups: string[]): PolicyQueryUser {
  const userEntityRef = 'user:default/anna';
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] },
  };
}

const sender = member('group:default/platform');
const reader = member('group:default/checkout');

function policy(senders?: string) {
  return ExamplePolicy.fromConfig(
    new ConfigReader(senders ? { herald: { policy: { senders } } } : {}),
  );
}

async function decide(permission: Permission, user?: PolicyQueryUser) {
  return (await policy().handle({ permission }, user)).result;
}

async function decideForPublisher(permission: Permission) {
  const configured = ExamplePolicy.fromConfig(
    new ConfigReader({ herald: { policy: { publishers: 'docs' } } }),
  );
  const user = member('group:default/docs');
  return (await configured.handle({ permission }, user)).result;
}

describe('ExamplePolicy', () => {
  const forEverybody: Permission[] = [
    notificationsListPermission,
    notificationsUpdateReadPermission,
    manualPublishReadPermission,
    catalogEntityReadPermission,
    catalogLocationReadPermission,
  ];
  const forSenders: Permission[] = [
    notificationsCreatePermission,
    notificationsAdministerPermission,
    manualPublishPublishPermission,
    manualPublishCancelPermission,
    manualPublishAdministerPermission,
  ];
  const forNobody: Permission[] = [
    catalogEntityCreatePermission,
    catalogEntityDeletePermission,
    catalogEntityRefreshPermission,
    catalogLocationCreatePermission,
    createPermission({ name: 'something.else', attributes: {} }),
  ];
  const named = (permissions: Permission[]) =>
    permissions.map(permission => ({ name: permission.name, permission }));

  it.each(named(forEverybody))(
    '$name is allowed to everybody who is signed in',
    async ({ permission }) => {
      expect(await decide(permission, reader)).toBe(AuthorizeResult.ALLOW);
    },
  );

  it.each(named(forSenders))(
    '$name is allowed to a member of the senders',
    async ({ permission }) => {
      expect(await decide(permission, sender)).toBe(AuthorizeResult.ALLOW);
    },
  );

  it.each(named(forSenders))(
    '$name is denied to everybody else',
    async ({ permission }) => {
      expect(await decide(permission, reader)).toBe(AuthorizeResult.DENY);
    },
  );

  it.each(named(forNobody))(
    '$name is denied even to a sender',
    async ({ permission }) => {
      expect(await decide(permission, sender)).toBe(AuthorizeResult.DENY);
    },
  );

  it.each(named([...forEverybody, ...forSenders, ...forNobody]))(
    '$name is denied without a signed-in user',
    async ({ permission }) => {
      expect(await decide(permission)).toBe(AuthorizeResult.DENY);
    },
  );

  it.each(['group:default/ops', 'default/ops', 'ops', 'Group:default/Ops'])(
    'takes another group of senders, written as %s',
    async written => {
      const request = { permission: notificationsCreatePermission };
      const configured = policy(written);
      expect(
        await configured.handle(request, member('group:default/ops')),
      ).toEqual({ result: AuthorizeResult.ALLOW });
      expect(await configured.handle(request, sender)).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );

  it.each(named([...forEverybody, manualPublishPublishPermission]))(
    '$name is allowed to a member of the publishers',
    async ({ permission }) => {
      expect(await decideForPublisher(permission)).toBe(AuthorizeResult.ALLOW);
    },
  );

  it.each(
    named([
      ...forSenders.filter(each => each !== manualPublishPublishPermission),
      ...forNobody,
    ]),
  )('$name is denied to a member of the publishers', async ({ permission }) => {
    expect(await decideForPublisher(permission)).toBe(AuthorizeResult.DENY);
  });

  it('refuses to start with publishers that are not a group', () => {
    expect(() =>
      ExamplePolicy.fromConfig(
        new ConfigReader({ herald: { policy: { publishers: 'user:anna' } } }),
      ),
    ).toThrow('herald.policy.publishers must name a group, not "user:anna"');
  });

  it('refuses to start with senders that are not a group', () => {
    expect(() => policy('user:default/anna')).toThrow(
      'herald.policy.senders must name a group, not "user:default/anna"',
    );
  });
});
