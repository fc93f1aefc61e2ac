import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { setTimeout as delay } from 'node:timers/promises';

/** What a call to the catalog takes: in a real portal it is a request of its own. The same for both systems. */
export const CATALOG_ANSWERS_AFTER_MS = 2;

const ENTITIES_PER_PAGE = 500;

/**
 * Answers from memory, as text that is parsed each time: a large group with all its members costs what it costs the client of a
 * real catalog. Of the fields that are asked for, only whether relations are among them makes a difference.
 */
class Shelf {
  readonly #entities: ReadonlyMap<string, Entity>;
  readonly #whole = new Map<string, string>();
  readonly #bare = new Map<string, string>();
  readonly #members = new Map<string, string[]>();

  constructor(entities: readonly Entity[]) {
    this.#entities = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
    for (const [ref, { relations = [] }] of this.#entities) {
      for (const { type, targetRef } of relations) {
        if (type === RELATION_MEMBER_OF && ref.startsWith('user:')) {
          const members = this.#members.get(targetRef) ?? [];
          members.push(ref);
          this.#members.set(targetRef, members);
        }
      }
    }
  }

  get groups(): string[] {
    return [...this.#entities.keys()].filter(ref => ref.startsWith('group:'));
  }

  membersOf(groups: readonly string[]): string[] {
    return [...new Set(groups.flatMap(ref => this.#members.get(ref) ?? []))];
  }

  read(ref: string, fields: readonly string[] | undefined): Entity | undefined {
    const entity = this.#entities.get(ref);
    if (!entity) {
      return undefined;
    }
    const isWhole = !fields || fields.includes('relations');
    const texts = isWhole ? this.#whole : this.#bare;
    const text =
      texts.get(ref) ??
      JSON.stringify(isWhole ? entity : { ...entity, relations: undefined });
    texts.set(ref, text);
    return JSON.parse(text);
  }
}

/**
 * Backstage's catalog for tests walks through all entities for each lookup, which at thousands of users would take longer than
 * what is measured here. This one looks refs up in a map, and takes the time of a request for it.
 */
function catalogOf(entities: Entity[]): CatalogService {
  const shelf = new Shelf(entities);
  const isDefined = (entity: Entity | undefined) => entity !== undefined;
  const lookups: Pick<
    CatalogService,
    'getEntitiesByRefs' | 'getEntityByRef' | 'queryEntities' | 'streamEntities'
  > = {
    async getEntitiesByRefs({ entityRefs, fields }) {
      await delay(CATALOG_ANSWERS_AFTER_MS);
      return { items: entityRefs.map(ref => shelf.read(ref, fields)) };
    },
    async getEntityByRef(ref) {
      await delay(CATALOG_ANSWERS_AFTER_MS);
      return shelf.read(
        typeof ref === 'string' ? ref : stringifyEntityRef(ref),
        undefined,
      );
    },
    /** The members of groups, which is all that anybody asks here; a cursor is what is left to tell. */
    async queryEntities(request = {}) {
      await delay(CATALOG_ANSWERS_AFTER_MS);
      const refs =
        'cursor' in request
          ? (JSON.parse(request.cursor) as string[])
          : shelf.membersOf(groupsIn(request));
      const { fields, limit = ENTITIES_PER_PAGE } = request;
      const rest = refs.slice(limit);
      return {
        items: refs
          .slice(0, limit)
          .map(ref => shelf.read(ref, fields))
          .filter(isDefined),
        totalItems: refs.length,
        pageInfo: {
          nextCursor: rest.length > 0 ? JSON.stringify(rest) : undefined,
        },
      };
    },
    async *streamEntities(request) {
      const { groups } = shelf;
      for (let at = 0; at < groups.length; at += ENTITIES_PER_PAGE) {
        await delay(CATALOG_ANSWERS_AFTER_MS);
        yield groups
          .slice(at, at + ENTITIES_PER_PAGE)
          .map(ref => shelf.read(ref, request?.fields))
          .filter(isDefined);
      }
    },
  };
  return Object.assign(catalogServiceMock({ entities: [] }), lookups);
}

/** The groups that a query names, wherever in it. */
function groupsIn(request: object): string[] {
  return JSON.stringify(request).match(/group:[^"]+/g) ?? [];
}

export function indexedCatalog(entities: Entity[]) {
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalogOf(entities),
  });
}
