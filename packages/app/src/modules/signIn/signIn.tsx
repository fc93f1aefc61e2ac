import { SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import { oidcAuthApi, oidcAuthApiRef } from './oidcAuth';
import { signInProviders } from './signInProviders';

function PortalSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const title =
    config.getOptionalString('app.signIn.oidcTitle') ?? 'OpenID Connect';
  const providers = signInProviders(config).map(kind =>
    kind === 'guest'
      ? kind
      : {
          id: 'oidc',
          title,
          message: `Sign in with ${title}`,
          apiRef: oidcAuthApiRef,
        },
  );
  return <SignInPage {...props} align="center" providers={providers} />;
}

/** How people come in, by configuration: the guest with one click in development, OpenID Connect in production. */
export const signIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    oidcAuthApi,
    SignInPageBlueprint.make({
      params: { loader: async () => PortalSignInPage },
    }),
  ],
});
