import { Audience, SignedInUser } from '../audience/Audience';

/**
 * Which people may send to everybody. Where the host's permission framework decides, it has decided already; where that is
 * switched off it allows everything, and then only those count whom the configuration names.
 */
export class BroadcastRule {
  readonly #permissionsEnabled: boolean;
  readonly #broadcasters: ReadonlySet<string>;
  readonly #audience: Audience;

  constructor(options: {
    permissionsEnabled: boolean;
    /** Full refs of users and groups. */
    broadcasters: readonly string[];
    audience: Audience;
  }) {
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#broadcasters = new Set(options.broadcasters);
    this.#audience = options.audience;
  }

  async allows(user: SignedInUser): Promise<boolean> {
    if (this.#permissionsEnabled) {
      return true;
    }
    if (this.#broadcasters.size === 0) {
      return false;
    }
    const refs = await this.#audience.refsOf(user);
    return refs.some(ref => this.#broadcasters.has(ref));
  }
}
