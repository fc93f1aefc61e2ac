/** Somebody who is signed in. */
export type SignedInUser = {
  userRef: string;
  /** What their token says they belong to. It goes stale, so it is asked only where nothing better is to be had. */
  claimedRefs: () => Promise<readonly string[]>;
  /** When what proves it ends. */
  expiresAt?: Date;
};

/** What the rules need to know of people and groups. */
export interface Audience {
  /**
   * The user, every group they are a member of, and all ancestors of those.
   * While the catalog is out of reach it answers what it knew last, or else what the token claims.
   *
   * @throws NotFoundError where the user is not in the catalog
   * @throws ServiceUnavailableError where the catalog is out of reach and the token says nothing either
   */
  refsOf(user: SignedInUser): Promise<readonly string[]>;

  /**
   * The same for many users, read together. Who is not in the catalog is not in the answer.
   *
   * @throws ServiceUnavailableError where the catalog is out of reach: an older answer says nothing of changes
   */
  refsOfAll(
    userRefs: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;

  /**
   * The users and groups that each of the refs stands for: a user or a group itself, of anything else its owners. What is not
   * in the catalog is not in the answer.
   *
   * @throws ServiceUnavailableError where the catalog is out of reach
   */
  recipients(
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
