import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  catalogEntityReadPermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
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

const DEFAULT_SENDERS = 'group:default/platform';

/** What everybody who is signed in may do. Whose messages they see is the plugin's own rule, not the policy's. */
const EVERYBODY: Permission[] = [
  notificationsListPermission,
  notificationsUpdateReadPermission,
  manualPublishReadPermission,
  catalogEntityReadPermission,
  catalogLocationReadPermission,
];

/** What members of the senders' group may do besides. */
const SENDERS: Permission[] = [
  notificationsCreatePermission,
  notificationsAdministerPermission,
  manualPublishPublishPermission,
  manualPublishCancelPermission,
  manualPublishAdministerPermission,
];

/** What members of the publishers' group may do besides. Their own jobs they may cancel anyhow. */
const PUBLISHERS: Permission[] = [manualPublishPublishPermission];

/**
 * Closed by default: what neither list names is denied, and so is everything without a signed-in user.
 *
 * Names are compared, not permission objects, because these arrive from other plugins over HTTP.
 */
export class ExamplePolicy implements PermissionPolicy {
  readonly #everybody = namesOf(EVERYBODY);
  readonly #senders = namesOf(SENDERS);
  readonly #publishers = namesOf(PUBLISHERS);
  readonly #sendersRef: string;
  readonly #publishersRef: string | undefined;

  /**
   * @param sendersRef - the full entity ref of the group whose members send, publish and administer
   * @param publishersRef - of the group whose members publish manuals, besides
   */
  constructor(sendersRef: string, publishersRef?: string) {
    this.#sendersRef = sendersRef;
    this.#publishersRef = publishersRef;
  }

  /** Reads `herald.policy`. */
  static fromConfig(config: Config): ExamplePolicy {
    const groupAt = (key: string) => {
      const configured = config.getOptionalString(key);
      return configured === undefined
        ? undefined
        : fullGroupRef(configured, key);
    };
    return new ExamplePolicy(
      groupAt('herald.policy.senders') ?? DEFAULT_SENDERS,
      groupAt('herald.policy.publishers'),
    );
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const allowed = user !== undefined && this.#allows(request, user);
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }

  #allows({ permission }: PolicyQuery, { info }: PolicyQueryUser): boolean {
    if (this.#everybody.has(permission.name)) {
      return true;
    }
    const isIn = (groupRef: string | undefined) =>
      groupRef !== undefined && info.ownershipEntityRefs.includes(groupRef);
    return (
      (this.#senders.has(permission.name) && isIn(this.#sendersRef)) ||
      (this.#publishers.has(permission.name) && isIn(this.#publishersRef))
    );
  }
}

function namesOf(permissions: Permission[]): ReadonlySet<string> {
  return new Set(permissions.map(permission => permission.name));
}

function fullGroupRef(configured: string, key: string): string {
  const ref = parseEntityRef(configured, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  if (ref.kind.toLocaleLowerCase('en-US') !== 'group') {
    throw new InputError(`${key} must name a group, not "${configured}"`);
  }
  return stringifyEntityRef(ref);
}
