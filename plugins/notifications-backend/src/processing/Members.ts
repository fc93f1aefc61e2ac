/** A user, with the groups they are directly in. */
export type Member = { userRef: string; groups: readonly string[] };

/** What expanding a message to people needs to know of them. All methods throw where the catalog is out of reach. */
export interface Members {
  /** The groups and all that are below them. */
  withSubgroups(groups: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Who is in the groups or below them, a page at a time, each once.
   *
   * @param cursor - from the page before; `null` for the first
   * @returns `next` where there is more
   */
  page(
    groups: readonly string[],
    cursor: string | null,
  ): Promise<{ members: Member[]; next?: string }>;
  /** Those of the users who are in the catalog. */
  of(userRefs: readonly string[]): Promise<Member[]>;
}
