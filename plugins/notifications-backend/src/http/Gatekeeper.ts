import {
  AuthService,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { SignedInUser } from '../audience/Audience';

export const SECRET_HEADER = 'notifications-secret';

/** Who calls: `user` where it is one of the portal's own people, who may need to be named besides. */
export type Sender = { principal: string; user?: SignedInUser };

type PortalPrincipal = BackstageUserPrincipal | BackstageServicePrincipal;

/** Proves who calls and that they may, for every route: nobody passes by default. */
export class Gatekeeper {
  readonly #httpAuth: HttpAuthService;
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;
  readonly #permissions: PermissionsService;
  readonly #secret: string | undefined;
  readonly #allowAnonymousSenders: boolean;

  constructor(options: {
    httpAuth: HttpAuthService;
    auth: AuthService;
    userInfo: UserInfoService;
    permissions: PermissionsService;
    secret: string | undefined;
    allowAnonymousSenders: boolean;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
    this.#permissions = options.permissions;
    this.#secret = options.secret;
    this.#allowAnonymousSenders = options.allowAnonymousSenders;
  }

  /** A signed-in user with the permission. */
  async user(req: Request, permission: BasicPermission): Promise<SignedInUser> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    return this.userBehind(credentials, permission);
  }

  /** As `user`, for credentials that the host has read. @throws NotAllowedError where they are not a user's */
  async userBehind(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<SignedInUser> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError('This is for signed-in users');
    }
    await this.#demand(permission, credentials);
    return this.#signedIn(credentials);
  }

  /**
   * Somebody who may send: the holder of the secret, or a user, a plugin or the holder of an external access token with the
   * permission. A secret that is given must be right, whatever else is given.
   */
  async sender(req: Request, permission: BasicPermission): Promise<Sender> {
    const given = req.header(SECRET_HEADER);
    if (given !== undefined) {
      if (this.#secret === undefined || !equal(given, this.#secret)) {
        throw new AuthenticationError(`Header ${SECRET_HEADER}: is not valid`);
      }
      return { principal: `external:${SECRET_HEADER}` };
    }
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service', 'none'],
    });
    if (this.#auth.isPrincipal(credentials, 'none')) {
      if (this.#allowAnonymousSenders) {
        return { principal: 'external:anonymous' };
      }
      throw new AuthenticationError(
        `Sign in, or send a valid ${SECRET_HEADER} header or access token`,
      );
    }
    if (
      this.#auth.isPrincipal(credentials, 'user') ||
      this.#auth.isPrincipal(credentials, 'service')
    ) {
      await this.#demand(permission, credentials);
      return this.#senderOf(credentials);
    }
    throw new AuthenticationError('These credentials cannot send');
  }

  /** A user, a plugin or the holder of an external access token, with the permission. */
  async principal(req: Request, permission: BasicPermission): Promise<Sender> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    return this.principalBehind(credentials, permission);
  }

  /** As `principal`, for credentials that the host has read. */
  async principalBehind(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<Sender> {
    if (
      !this.#auth.isPrincipal(credentials, 'user') &&
      !this.#auth.isPrincipal(credentials, 'service')
    ) {
      throw new NotAllowedError('This is for signed-in users and plugins');
    }
    await this.#demand(permission, credentials);
    return this.#senderOf(credentials);
  }

  #senderOf(credentials: BackstageCredentials<PortalPrincipal>): Sender {
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const user = this.#signedIn(credentials);
      return { principal: user.userRef, user };
    }
    const { subject } = credentials.principal as BackstageServicePrincipal;
    // Marked, so that no subject a host hands out can pass for a user or for the secret.
    return { principal: `service:${subject}` };
  }

  #signedIn(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): SignedInUser {
    return {
      userRef: credentials.principal.userEntityRef,
      expiresAt: credentials.expiresAt,
      claimedRefs: async () =>
        (await this.#userInfo.getUserInfo(credentials)).ownershipEntityRefs,
    };
  }

  async #demand(
    permission: BasicPermission,
    credentials: BackstageCredentials<PortalPrincipal>,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`The permission ${permission.name} is missing`);
    }
  }
}

/** In constant time; hashing first makes the lengths equal. */
function equal(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
