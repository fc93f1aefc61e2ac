import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { Audience, SignedInUser } from '../audience/Audience';
import { withAncestors } from '../audience/withAncestors';
import { eachInTime, inTime } from '../inTime';

const FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'relations'];
const REFS_PER_LOOKUP = 500;
const UNAVAILABLE = 'The catalog cannot be reached at the moment';
const USERS_REMEMBERED = 20_000;
/** How long the catalog may take over one answer, or one page of a long one. */
const PATIENCE_MS = 3_000;

/** The groups directly above a user; `null` for a user who is not in the catalog. */
type Membership = { groups: readonly string[] | null };
type GroupParents = ReadonlyMap<string, readonly string[]>;

function related(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef);
}

function membershipOf(user: Entity | undefined): Membership {
  return { groups: user ? related(user, RELATION_MEMBER_OF) : null };
}

function recipientsOf(entity: Entity): string[] {
  return ['user', 'group'].includes(entity.kind.toLowerCase())
    ? [stringifyEntityRef(entity)]
    : related(entity, RELATION_OWNED_BY).filter(ref =>
        /^(user|group):/.test(ref),
      );
}

/**
 * Reads people and groups from the host's catalog. What was read is kept for `maxAgeMs`; many who ask at once cause one read,
 * and a read that fails, or takes too long, leaves the last answer standing. While the catalog is in trouble nobody waits for it who can
 * be told what was known.
 */
export class CatalogAudience implements Audience {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #parents: LRUCache<'all', GroupParents>;
  readonly #groupsOf: LRUCache<string, Membership>;
  readonly #patienceMs: number;
  #isInTrouble = false;

  /** @param options - `patienceMs`: how long the catalog may take over an answer; 3,000 unless told, for testing */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    maxAgeMs: number;
    patienceMs?: number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    const keepStale = {
      ttl: options.maxAgeMs,
      allowStaleOnFetchRejection: true,
    };
    this.#parents = new LRUCache({
      max: 1,
      ...keepStale,
      fetchMethod: () => this.#guarded(this.#readParents()),
    });
    this.#groupsOf = new LRUCache({
      max: USERS_REMEMBERED,
      ...keepStale,
      fetchMethod: userRef => this.#guarded(this.#readGroupsOf(userRef)),
    });
  }

  async refsOf({
    userRef,
    claimedRefs,
  }: SignedInUser): Promise<readonly string[]> {
    // What was known is answered at once then; the catalog is asked none the less.
    const asked = { allowStale: this.#isInTrouble };
    const [membership, parents] = await Promise.all([
      this.#groupsOf.fetch(userRef, asked),
      this.#parents.fetch('all', asked),
    ]);
    // The cache answers nothing where the read failed and there is no older answer.
    if (!membership || !parents) {
      const claimed = await claimedRefs().catch(() => []);
      if (claimed.length === 0) {
        throw new ServiceUnavailableError(UNAVAILABLE);
      }
      return [...new Set([userRef, ...claimed])];
    }
    const { groups } = membership;
    if (groups === null) {
      throw new NotFoundError(`User ${userRef} is not in the catalog`);
    }
    return [userRef, ...withAncestors(groups, parents)];
  }

  async refsOfAll(
    userRefs: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const users = [...new Set(userRefs)];
    const parents = await this.#parents.fetch('all');
    if (!parents) {
      throw new ServiceUnavailableError(UNAVAILABLE);
    }
    const memberships = new Map(
      users.map(ref => [ref, this.#groupsOf.peek(ref)]),
    );
    const outdated = users.filter(ref => !memberships.get(ref));
    for (let start = 0; start < outdated.length; start += REFS_PER_LOOKUP) {
      const entityRefs = outdated.slice(start, start + REFS_PER_LOOKUP);
      const items = await this.#entities(entityRefs, FIELDS);
      entityRefs.forEach((ref, index) => {
        const membership = membershipOf(items[index]);
        memberships.set(ref, membership);
        this.#groupsOf.set(ref, membership);
      });
    }
    return new Map(
      users.flatMap(ref => {
        const groups = memberships.get(ref)?.groups;
        return groups ? [[ref, [ref, ...withAncestors(groups, parents)]]] : [];
      }),
    );
  }

  async recipients(
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const isPerson = (ref: string) => /^(user|group):/.test(ref);
    const [people, others] = await Promise.all([
      // Of people only whether they are there: the members of a large group are not read to send to it.
      this.#lookUp(refs.filter(isPerson), FIELDS.slice(0, 3)),
      this.#lookUp(
        refs.filter(ref => !isPerson(ref)),
        FIELDS,
      ),
    ]);
    return new Map([...people, ...others]);
  }

  async #lookUp(
    refs: readonly string[],
    fields: string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const recipients = new Map<string, readonly string[]>();
    for (let start = 0; start < refs.length; start += REFS_PER_LOOKUP) {
      const entityRefs = refs.slice(start, start + REFS_PER_LOOKUP);
      const items = await this.#entities(entityRefs, fields);
      items.forEach((entity, index) => {
        if (entity) {
          recipients.set(entityRefs[index], recipientsOf(entity));
        }
      });
    }
    return recipients;
  }

  async #entities(
    entityRefs: string[],
    fields: string[],
  ): Promise<(Entity | undefined)[]> {
    const { items } = await this.#guarded(
      this.#inTime(async credentials =>
        this.#catalog.getEntitiesByRefs({ entityRefs, fields }, credentials),
      ),
    );
    return items;
  }

  async #readParents(): Promise<GroupParents> {
    const parents = new Map<string, string[]>();
    const pages = await this.#inTime(async credentials =>
      this.#catalog.streamEntities(
        { filter: { kind: 'Group' }, fields: FIELDS },
        credentials,
      ),
    );
    for await (const page of eachInTime(pages, this.#patienceMs)) {
      for (const group of page) {
        parents.set(
          stringifyEntityRef(group),
          related(group, RELATION_CHILD_OF),
        );
      }
    }
    return parents;
  }

  async #readGroupsOf(userRef: string): Promise<Membership> {
    return membershipOf(
      await this.#inTime(async credentials =>
        this.#catalog.getEntityByRef(userRef, credentials),
      ),
    );
  }

  async #inTime<T>(
    ask: (options: { credentials: BackstageCredentials }) => Promise<T>,
  ): Promise<T> {
    const asked = async () =>
      ask({ credentials: await this.#auth.getOwnServiceCredentials() });
    return inTime(asked(), this.#patienceMs);
  }

  async #guarded<T>(reading: Promise<T>): Promise<T> {
    try {
      const read = await reading;
      this.#isInTrouble = false;
      return read;
    } catch (error) {
      this.#isInTrouble = true;
      this.#logger.warn(`The catalog could not be read: ${error}`);
      throw new ServiceUnavailableError(UNAVAILABLE);
    }
  }
}
