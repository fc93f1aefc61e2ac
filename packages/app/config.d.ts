export interface Config {
  app?: {
    signIn?: {
      /**
       * The ways to sign in that are offered, in this order. Without it: the guest where `auth.environment` is
       * `development` (as it is by default), OpenID Connect everywhere else.
       *
       * @deepVisibility frontend
       */
      providers?: Array<'guest' | 'oidc'>;
      /**
       * What the OpenID Connect provider is called on the page, e.g. Keycloak.
       *
       * @visibility frontend
       */
      oidcTitle?: string;
    };
  };
}
