import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { testEngines } from '@herald/test-utils';
import { BOB, GUEST, people } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { until } from './processing/__testUtils__/until';

const databases = testEngines();

/** A catalog that answers, until it is told to hang. */
function hangingCatalog() {
  const real = catalogServiceMock({ entities: people });
  const state = { isHanging: false };
  const never = new Promise<never>(() => {});
  const service = new Proxy<CatalogService>(real, {
    get(target, property) {
      const method = Reflect.get(target, property);
      if (typeof method !== 'function') {
        return method;
      }
      return (...args: unknown[]) => {
        if (!state.isHanging) {
          return method.apply(target, args);
        }
        return property === 'streamEntities'
          ? { [Symbol.asyncIterator]: () => ({ next: () => never }) }
          : never;
      };
    },
  });
  const feature = createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => service,
  });
  return { feature, state };
}

describe.each(databases.eachSupportedId())(
  'a catalog that hangs, on %s',
  engine => {
    it('stops nobody from reading and marking who was here before; it is sends that are refused, until it is back', async () => {
      const { feature, state } = hangingCatalog();
      const portal = await startNotifications(databases, engine, {
        catalog: feature,
        notifications: { membershipMaxAge: { milliseconds: 1 } },
      });
      const messageId = await portal.send({
        title: 'T',
        targetGroups: ['default/team'],
      });
      expect(await portal.titles(GUEST)).toEqual(['T']);

      state.isHanging = true;
      expect(await portal.titles(GUEST)).toEqual(['T']);
      await portal
        .put(`/notifications/read?messageId=${messageId}&read=true`, GUEST)
        .expect(200);
      expect(await portal.count(GUEST, 'read=false')).toBe(0);
      const toBob = {
        origin: 'o',
        title: 'Late',
        targetUsers: ['default/bob'],
      };
      await portal.post(toBob).expect(503);

      state.isHanging = false;
      await portal.post(toBob).expect(200);
      await until(async () => (await portal.titles(BOB)).join() === 'Late');
    });
  },
);
