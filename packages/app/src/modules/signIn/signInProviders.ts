import type { ConfigApi } from '@backstage/frontend-plugin-api';

const KINDS = ['guest', 'oidc'] as const;

/** A way to sign in. */
export type SignInKind = (typeof KINDS)[number];

/**
 * The ways to sign in that `app.signIn.providers` names. Without it the guest is let in where `auth.environment` is development,
 * and nowhere else.
 *
 * @throws where a name is not known: a portal that silently offers another way in would be worse
 */
export function signInProviders(config: ConfigApi): SignInKind[] {
  const names = config.getOptionalStringArray('app.signIn.providers');
  if (names === undefined) {
    const environment =
      config.getOptionalString('auth.environment') ?? 'development';
    return environment === 'development' ? ['guest'] : ['oidc'];
  }
  return names.map(name => {
    const kind = KINDS.find(known => known === name);
    if (kind === undefined) {
      throw new Error(
        `app.signIn.providers: "${name}" is not one of ${KINDS.join(', ')}`,
      );
    }
    return kind;
  });
}
