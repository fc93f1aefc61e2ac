export interface Config {
  herald?: {
    /** The example permission policy of this portal. */
    policy?: {
      /**
       * The group whose direct members may send notifications and administer them.
       * Default: `group:default/platform`.
       */
      senders?: string;
    };
  };
}
