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

/**
 * Closed by default: what neither list names is denied, and so is everything without a signed-in user.
 *
 * Names are compared, not permission objects, because these arrive from other plugins over HTTP.
 */
export class ExamplePolicy implements PermissionPolicy {
  readonly #everybody = namesOf(EVERYBODY);
  readonly #senders = namesOf(SENDERS);
  readonly #sendersRef: string;

  /** @param sendersRef - the full entity ref of the group whose members send, publish and administer */
  constructor(sendersRef: string) {
    this.#sendersRef = sendersRef;
  }

  /** Reads `herald.policy.senders`. */
  static fromConfig(config: Config): ExamplePolicy {
    const configured =
      config.getOptionalString('herald.policy.senders') ?? DEFAULT_SENDERS;
    return new ExamplePolicy(groupRef(configured));
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
    return (
      this.#senders.has(permission.name) &&
      info.ownershipEntityRefs.includes(this.#sendersRef)
    );
  }
}

function namesOf(permissions: Permission[]): ReadonlySet<string> {
  return new Set(permissions.map(permission => permission.name));
}

function groupRef(configured: string): string {
  const ref = parseEntityRef(configured, {
    defaultKind: 'group',
    defaultNamespace: 'default',
  });
  if (ref.kind.toLocaleLowerCase('en-US') !== 'group') {
    throw new InputError(
      `herald.policy.senders must name a group, not "${configured}"`,
    );
  }
  return stringifyEntityRef(ref);
}
