/**
 * Who may do what not everybody may, such as to administer. Where the host's permission framework decides, it has decided already; where
 * that is switched off it allows everything, and then only those count whom the configuration names.
 *
 * @typeParam Person - what a plugin knows of somebody who is signed in
 *
 * @public
 */
export class StandInRule<Person> {
  readonly #permissionsEnabled: boolean;
  readonly #named: ReadonlySet<string>;
  readonly #trustsPrograms: boolean;
  readonly #namesOutsiders: boolean;
  readonly #refsOf: (person: Person) => Promise<readonly string[]>;

  constructor(options: {
    permissionsEnabled: boolean;
    /** Full refs of users and groups, and principals of plugins and programs. */
    named: readonly string[];
    /** Whether plugins and programs outside need not be named: the operator has given them their credentials for this. */
    trustsPrograms: boolean;
    /**
     * Whether programs outside, that come with an access token, have to be named even where permissions decide: the host permits
     * every token everything that its `accessRestrictions` do not forbid.
     */
    namesOutsiders?: boolean;
    /** The person, and what they belong to. Asked only where somebody is named. */
    refsOf: (person: Person) => Promise<readonly string[]>;
  }) {
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#named = new Set(options.named);
    this.#trustsPrograms = options.trustsPrograms;
    this.#namesOutsiders = options.namesOutsiders ?? false;
    this.#refsOf = options.refsOf;
  }

  /**
   * Whether this caller may do it.
   *
   * @param caller - without a user it is a plugin, or a program outside
   */
  async allows(caller: { principal: string; user?: Person }): Promise<boolean> {
    if (this.#named.has(caller.principal)) {
      return true;
    }
    if (this.#permissionsEnabled) {
      return !(this.#namesOutsiders && isOutside(caller));
    }
    if (!caller.user) {
      return this.#trustsPrograms;
    }
    if (this.#named.size === 0) {
      return false;
    }
    const refs = await this.#refsOf(caller.user);
    return refs.some(ref => this.#named.has(ref));
  }
}

function isOutside({
  principal,
  user,
}: {
  principal: string;
  user?: unknown;
}): boolean {
  return user === undefined && !principal.startsWith('service:plugin:');
}
