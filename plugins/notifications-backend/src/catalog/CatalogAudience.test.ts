import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { BOB, GUEST, people } from '../__testUtils__/people';
import { CatalogAudience } from './CatalogAudience';

const REFS = [
  GUEST,
  'group:default/team',
  'group:default/department',
  'group:default/company',
];

function setUp(maxAgeMs = 1) {
  const real = catalogServiceMock({ entities: people });
  const state = { isDown: false, isHanging: false, reads: 0 };
  const audience = new CatalogAudience({
    catalog: new Proxy(real, {
      get(target, property, receiver) {
        const method = Reflect.get(target, property, receiver);
        return typeof method !== 'function'
          ? method
          : (...args: unknown[]) => {
              state.reads += 1;
              if (state.isDown) throw new Error('connection refused');
              if (state.isHanging) return hanging(property);
              return method.apply(target, args);
            };
      },
    }),
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    maxAgeMs,
    patienceMs: 200,
  });
  return { audience, state };
}

/** What a method returns that never answers. */
function hanging(method: string | symbol) {
  const never = new Promise<never>(() => {});
  return method === 'streamEntities'
    ? { [Symbol.asyncIterator]: () => ({ next: () => never }) }
    : never;
}

const guest = (claims: string[] = []) => ({
  userRef: GUEST,
  claimedRefs: async () => claims,
});

async function isOlderThan(ms: number) {
  const start = performance.now();
  while (performance.now() - start <= ms) await new Promise(setImmediate);
}

describe('CatalogAudience', () => {
  it('answers a user, their groups and all ancestors', async () => {
    const { audience } = setUp();
    expect(await audience.refsOf(guest())).toEqual(REFS);
  });

  it('reads once for many who ask at once, and not again while it is fresh', async () => {
    const { audience, state } = setUp(60_000);
    await Promise.all(
      Array.from({ length: 20 }, () => audience.refsOf(guest())),
    );
    const { reads } = state;
    await audience.refsOf(guest());
    expect(state.reads).toBe(reads);
    // One for the user, and one for the groups, which asks once more below it in this catalog.
    expect(reads).toBeLessThanOrEqual(3);
  });

  it('goes on with what it knew while the catalog is down', async () => {
    const { audience, state } = setUp();
    await audience.refsOf(guest());
    await isOlderThan(2);
    state.isDown = true;
    expect(await audience.refsOf(guest())).toEqual(REFS);
  });

  it('goes on with what it knew while the catalog hangs, and waits for it once only', async () => {
    const { audience, state } = setUp();
    await audience.refsOf(guest());
    await isOlderThan(2);
    state.isHanging = true;
    expect(await audience.refsOf(guest())).toEqual(REFS);
    const start = performance.now();
    for (let i = 0; i < 10; i++) {
      expect(await audience.refsOf(guest())).toEqual(REFS);
    }
    // Ten times the patience would be two seconds.
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('refuses what it does not know while the catalog hangs, and asks anew when it answers again', async () => {
    const { audience, state } = setUp();
    state.isHanging = true;
    const unavailable = { name: 'ServiceUnavailableError' };
    await expect(audience.refsOf(guest())).rejects.toMatchObject(unavailable);
    await expect(audience.recipients([GUEST])).rejects.toMatchObject(
      unavailable,
    );
    await expect(audience.refsOfAll([GUEST])).rejects.toMatchObject(
      unavailable,
    );
    state.isHanging = false;
    expect(await audience.refsOf(guest())).toEqual(REFS);
    expect(await audience.recipients([GUEST])).toEqual(
      new Map([[GUEST, [GUEST]]]),
    );
  });

  it('takes the claims of the token only when it knows nothing', async () => {
    const { audience, state } = setUp();
    state.isDown = true;
    expect(
      await audience.refsOf(guest([GUEST, 'group:default/claimed'])),
    ).toEqual([GUEST, 'group:default/claimed']);
  });

  it('refuses when it knows nothing and the token says nothing, without the catalog’s own words', async () => {
    const { audience, state } = setUp();
    state.isDown = true;
    const refusal = audience.refsOf(guest());
    await expect(refusal).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    await expect(refusal).rejects.not.toThrow(/connection refused/);
    await expect(audience.recipients([GUEST])).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('does not take an absent user for a failing catalog', async () => {
    const { audience } = setUp();
    await expect(
      audience.refsOf({
        userRef: 'user:default/stranger',
        claimedRefs: async () => ['user:default/stranger'],
      }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('reads many users together, and none who is fresh', async () => {
    const { audience, state } = setUp(60_000);
    await audience.refsOf(guest());
    state.reads = 0;
    const strangers = Array.from(
      { length: 1_100 },
      (_, i) => `user:default/nobody-${i}`,
    );
    const all = await audience.refsOfAll([GUEST, BOB, ...strangers, BOB]);
    expect(all).toEqual(
      new Map([
        [GUEST, REFS],
        [BOB, [BOB]],
      ]),
    );
    expect(state.reads).toBe(3);
    expect(await audience.refsOf({ ...guest(), userRef: BOB })).toEqual([BOB]);
    expect(state.reads).toBe(3);
  });

  it('does not say of many what it cannot find out', async () => {
    const { audience, state } = setUp();
    await audience.refsOf(guest());
    await isOlderThan(2);
    state.isDown = true;
    await expect(audience.refsOfAll([GUEST])).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(await audience.refsOf(guest())).toEqual(REFS);
  });

  it('finds who is there, however many are asked for', async () => {
    const { audience } = setUp();
    const many = Array.from(
      { length: 700 },
      (_, i) => `user:default/nobody-${i}`,
    );
    expect(await audience.recipients([...many, GUEST])).toEqual(
      new Map([[GUEST, [GUEST]]]),
    );
  });
});
