import { Config } from '@backstage/config';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

type GroupRule = { group: string; permissions: ReadonlySet<string> };

/**
 * Allows what `showcase.policy` lists by name, and nothing else: so nobody has to build the portal anew for the permissions of a
 * plugin that was not there when it was built. Closed by default, and closed to whoever is not signed in.
 */
export class ListedPermissionsPolicy implements PermissionPolicy {
  readonly #everybody: ReadonlySet<string>;
  readonly #groups: readonly GroupRule[];

  constructor(everybody: Iterable<string>, groups: readonly GroupRule[]) {
    this.#everybody = new Set(everybody);
    this.#groups = groups;
  }

  static fromConfig(config: Config): ListedPermissionsPolicy {
    const policy = config.getOptionalConfig('showcase.policy');
    return new ListedPermissionsPolicy(
      policy?.getOptionalStringArray('everybody') ?? [],
      (policy?.getOptionalConfigArray('groups') ?? []).map(rule => ({
        group: rule.getString('group'),
        permissions: new Set(rule.getStringArray('permissions')),
      })),
    );
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isAllowed =
      user !== undefined &&
      (this.#everybody.has(permission.name) ||
        this.#groups.some(
          ({ group, permissions }) =>
            permissions.has(permission.name) &&
            user.info.ownershipEntityRefs.includes(group),
        ));
    return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}
