import { Audience, SignedInUser } from '../audience/Audience';

/**
 * Which people may do what concerns everybody: send to all, administer. Where the host's permission framework decides, it has
 * decided already; where that is switched off it allows everything, and then only those count whom the configuration names.
 */
export class StandInRule {
  readonly #permissionsEnabled: boolean;
  readonly #named: ReadonlySet<string>;
  readonly #audience: Audience;

  constructor(options: {
    permissionsEnabled: boolean;
    /** Full refs of users and groups. */
    named: readonly string[];
    audience: Audience;
  }) {
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#named = new Set(options.named);
    this.#audience = options.audience;
  }

  /** @param user - absent for another plugin, or an external token: the operator has named those */
  async allows(user: SignedInUser | undefined): Promise<boolean> {
    if (this.#permissionsEnabled || !user) {
      return true;
    }
    if (this.#named.size === 0) {
      return false;
    }
    const refs = await this.#audience.refsOf(user);
    return refs.some(ref => this.#named.has(ref));
  }
}
