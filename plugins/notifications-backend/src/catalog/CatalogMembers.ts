import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';
import { withAncestors } from '../audience/withAncestors';
import { eachInTime } from '../inTime';
import { Member, Members } from '../processing/Members';

const FIELDS = ['kind', 'metadata.name', 'metadata.namespace', 'relations'];
const MEMBERS_PER_PAGE = 500;
const TREE_MAX_AGE_MS = 5_000;
/** All who ask wait for the same answer, and so for the catalog as long as that lasts. */
const PATIENCE_MS = 30_000;

/** For each group, those directly below it. */
type GroupChildren = ReadonlyMap<string, readonly string[]>;

function related(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => targetRef);
}

function toMember(user: Entity): Member {
  return {
    userRef: stringifyEntityRef(user),
    groups: related(user, RELATION_MEMBER_OF),
  };
}

/**
 * Reads members of groups from the host's catalog: one query for all groups of a message, so that it lists everybody once. Which groups are
 * below which is read for all messages that are sent within some seconds.
 */
export class CatalogMembers implements Members {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #pageSize: number;
  readonly #patienceMs: number;
  readonly #children: LRUCache<'all', GroupChildren>;

  /**
   * @param options - for testing: `pageSize`, members read in one go, 500 unless told; `treeMaxAgeMs`, 5,000 unless told; `patienceMs`, how
   *   long the catalog may take over a page of the tree, 30,000 unless told
   */
  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    pageSize?: number;
    treeMaxAgeMs?: number;
    patienceMs?: number;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#pageSize = options.pageSize ?? MEMBERS_PER_PAGE;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#children = new LRUCache({
      max: 1,
      ttl: options.treeMaxAgeMs ?? TREE_MAX_AGE_MS,
      fetchMethod: () => this.#readChildren(),
    });
  }

  async withSubgroups(groups: readonly string[]): Promise<ReadonlySet<string>> {
    const children = await this.#children.forceFetch('all');
    // Down instead of up, by the same walk.
    return new Set(withAncestors(groups, children));
  }

  async page(
    groups: readonly string[],
    cursor: string | null,
  ): Promise<{ members: Member[]; next?: string }> {
    const { items, pageInfo } = await this.#catalog.queryEntities(
      {
        limit: this.#pageSize,
        fields: FIELDS,
        ...(cursor === null
          ? { query: await this.#membersOf(groups) }
          : { cursor }),
      },
      await this.#credentials(),
    );
    return { members: items.map(toMember), next: pageInfo.nextCursor };
  }

  async of(userRefs: readonly string[]): Promise<Member[]> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs: [...userRefs], fields: FIELDS },
      await this.#credentials(),
    );
    return items.filter(user => user !== undefined).map(toMember);
  }

  async #readChildren(): Promise<GroupChildren> {
    const children = new Map<string, string[]>();
    const pages = this.#catalog.streamEntities(
      { filter: { kind: 'Group' }, fields: FIELDS },
      await this.#credentials(),
    );
    for await (const page of eachInTime(pages, this.#patienceMs)) {
      for (const group of page) {
        const ref = stringifyEntityRef(group);
        for (const parent of related(group, RELATION_CHILD_OF)) {
          children.set(parent, [...(children.get(parent) ?? []), ref]);
        }
      }
    }
    return children;
  }

  async #membersOf(groups: readonly string[]) {
    return {
      kind: 'User',
      relations: {
        $contains: {
          type: RELATION_MEMBER_OF,
          targetRef: { $in: [...(await this.withSubgroups(groups))] },
        },
      },
    };
  }

  async #credentials() {
    return { credentials: await this.#auth.getOwnServiceCredentials() };
  }
}
