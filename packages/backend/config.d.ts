export interface Config {
  herald?: {
    /** The example permission policy of this portal. */
    policy?: {
      /**
       * The group whose direct members may send notifications, publish manuals and administer both.
       * Default: `group:default/platform`.
       */
      senders?: string;
      /** The group whose direct members may publish manuals, as the senders may. Nobody else unless set. */
      publishers?: string;
    };
  };
}
