import { Audience, SignedInUser } from '../audience/Audience';

/**
 * Who may do what concerns everybody: send to all, administer. Where the host's permission framework decides, it has decided
 * already; where that is switched off it allows everything, and then only those count whom the configuration names.
 */
export class StandInRule {
  readonly #permissionsEnabled: boolean;
  readonly #named: ReadonlySet<string>;
  readonly #trustsPrograms: boolean;
  readonly #audience: Audience;

  constructor(options: {
    permissionsEnabled: boolean;
    /** Full refs of users and groups, and principals of plugins and programs. */
    named: readonly string[];
    /** Whether plugins and programs outside need not be named: the operator has given them their credentials for this. */
    trustsPrograms: boolean;
    audience: Audience;
  }) {
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#named = new Set(options.named);
    this.#trustsPrograms = options.trustsPrograms;
    this.#audience = options.audience;
  }

  async allows(caller: {
    principal: string;
    user?: SignedInUser;
  }): Promise<boolean> {
    if (this.#permissionsEnabled || this.#named.has(caller.principal)) {
      return true;
    }
    if (!caller.user) {
      return this.#trustsPrograms;
    }
    if (this.#named.size === 0) {
      return false;
    }
    const refs = await this.#audience.refsOf(caller.user);
    return refs.some(ref => this.#named.has(ref));
  }
}
