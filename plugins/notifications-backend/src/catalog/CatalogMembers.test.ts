import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { until } from '../processing/__testUtils__/until';
import { CatalogMembers } from './CatalogMembers';

jest.setTimeout(120_000);

const entity = (kind: string, name: string, spec: object): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': 'url:http://tests',
      'backstage.io/managed-by-origin-location': 'url:http://tests',
    },
  },
  spec: { ...spec },
});
const group = (name: string, parent?: string) =>
  entity('Group', name, { type: 'team', children: [], parent });
const user = (name: string, memberOf: string[]) =>
  entity('User', name, { memberOf });

/** The host's own catalog, with its database and its API, as it answers `CatalogMembers`. */
async function membersOf(entities: Entity[]): Promise<CatalogMembers> {
  let members: CatalogMembers | undefined;
  const provider = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'tests',
    register(env) {
      env.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        async init({ processing }) {
          processing.addEntityProvider({
            getProviderName: () => 'tests',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(each => ({
                  entity: each,
                  locationKey: 'tests',
                })),
              }),
          });
        },
      });
    },
  });
  const reader = createBackendPlugin({
    pluginId: 'notifications',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogServiceRef, auth: coreServices.auth },
        async init(host) {
          members = new CatalogMembers({ ...host, pageSize: 7 });
        },
      });
    },
  });
  await startTestBackend({
    features: [
      catalogPlugin,
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            rules: [{ allow: ['User', 'Group'] }],
            processingInterval: { seconds: 1 },
          },
        },
      }),
      provider,
      reader,
    ],
  });
  if (!members) {
    throw new Error('The plugin did not start');
  }
  return members;
}

describe('members in the real catalog', () => {
  const all = async (members: CatalogMembers, groups: string[]) => {
    const refs: string[] = [];
    let pages = 0;
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<CatalogMembers['page']>> =
        await members.page(groups, cursor);
      refs.push(...page.members.map(({ userRef }) => userRef));
      cursor = page.next ?? null;
      pages += 1;
    } while (cursor !== null);
    return { refs, pages };
  };

  it('are listed page by page, each once, through subgroups, whatever the case of names', async () => {
    const members = await membersOf([
      group('company'),
      group('Dept', 'company'),
      ...Array.from({ length: 10 }, (_, index) =>
        user(`u${index}`, index % 2 ? ['Dept'] : ['Dept', 'company']),
      ),
      user('out', []),
    ]);
    const company = ['group:default/company'];
    // The catalog processes what it is given at its own pace.
    await until(
      async () => (await all(members, company)).refs.length >= 10,
      100_000,
    );

    const { refs, pages } = await all(members, company);
    expect(refs).toHaveLength(10);
    expect(new Set(refs).size).toBe(10);
    expect(refs).not.toContain('user:default/out');
    expect(pages).toBe(2);
    expect([...(await members.withSubgroups(company))]).toEqual([
      'group:default/company',
      'group:default/dept',
    ]);
    expect(
      await members.of(['user:default/u1', 'user:default/nobody']),
    ).toEqual([{ userRef: 'user:default/u1', groups: ['group:default/dept'] }]);
  });
});

describe('the tree of groups', () => {
  const setUp = (treeMaxAgeMs: number) => {
    const catalog = catalogServiceMock({
      entities: [
        {
          ...group('dept'),
          relations: [{ type: 'childOf', targetRef: 'group:default/company' }],
        },
      ],
    });
    const read = jest.spyOn(catalog, 'streamEntities');
    const members = new CatalogMembers({
      catalog,
      auth: mockServices.auth(),
      treeMaxAgeMs,
      patienceMs: 100,
    });
    return {
      read,
      below: () => members.withSubgroups(['group:default/company']),
    };
  };
  const BELOW = new Set(['group:default/company', 'group:default/dept']);
  const down = () => {
    throw new Error('The catalog is down');
  };
  const outdated = async () => {
    const start = performance.now();
    await until(() => performance.now() - start > 5);
  };

  it('is read once for all who ask while it is fresh', async () => {
    const { read, below } = setUp(60_000);
    expect(await Promise.all([below(), below()])).toEqual([BELOW, BELOW]);
    expect(await below()).toEqual(BELOW);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is read again once it is not', async () => {
    const { read, below } = setUp(1);
    await below();
    await outdated();
    expect(await below()).toEqual(BELOW);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is not answered from memory where it cannot be read any more, and asked for anew', async () => {
    const { read, below } = setUp(1);
    await below();
    await outdated();
    read.mockImplementationOnce(down);
    await expect(below()).rejects.toThrow('The catalog is down');
    expect(await below()).toEqual(BELOW);
  });

  it('is asked for anew where the catalog has hung over it: nobody waits for that answer for ever', async () => {
    const { read, below } = setUp(60_000);
    read.mockImplementationOnce(async function* hangs() {
      await new Promise(() => {});
    });
    await expect(below()).rejects.toThrow('it took longer than 100 ms');
    expect(await below()).toEqual(BELOW);
  }, 5_000);
});
