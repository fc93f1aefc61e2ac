import { createServiceFactory } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { setTimeout as delay } from 'node:timers/promises';

/** What a call to the catalog takes: in a real portal it is a request of its own. The same for both systems. */
export const CATALOG_ANSWERS_AFTER_MS = 2;

/**
 * Backstage's catalog for tests walks through all entities for each lookup, which at thousands of users would take longer than
 * what is measured here. This one looks refs up in a map, and takes the time of a request for it.
 */
function catalogOf(entities: Entity[]): CatalogService {
  const byRef = new Map(
    entities.map(entity => [stringifyEntityRef(entity), entity]),
  );
  const groups = entities.filter(({ kind }) => kind === 'Group');
  const lookups: Pick<CatalogService, 'getEntitiesByRefs' | 'getEntityByRef'> =
    {
      async getEntitiesByRefs({ entityRefs }) {
        await delay(CATALOG_ANSWERS_AFTER_MS);
        return { items: entityRefs.map(ref => byRef.get(ref)) };
      },
      async getEntityByRef(ref) {
        await delay(CATALOG_ANSWERS_AFTER_MS);
        return byRef.get(
          typeof ref === 'string' ? ref : stringifyEntityRef(ref),
        );
      },
    };
  return Object.assign(catalogServiceMock({ entities: groups }), lookups);
}

export function indexedCatalog(entities: Entity[]) {
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalogOf(entities),
  });
}
