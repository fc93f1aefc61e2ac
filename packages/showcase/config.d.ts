export interface Config {
  showcase?: {
    /** Who may do what, by the names of permissions; so plugins that come later need no new build of this portal. */
    policy?: {
      /** What everybody who is signed in may do. */
      everybody?: string[];
      /** What direct members of groups may do besides. */
      groups?: Array<{
        /** The entity ref of the group. */
        group: string;
        permissions: string[];
      }>;
    };
  };
}
