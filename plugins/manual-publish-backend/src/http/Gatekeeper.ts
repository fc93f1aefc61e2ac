import {
  AuthService,
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { StandInRule } from '@herald/backend-kit';
import {
  manualPublishAdministerPermission,
  manualPublishCancelPermission,
  manualPublishPublishPermission,
  manualPublishReadPermission,
} from '@herald/backstage-plugin-manual-publish-common';
import { Request } from 'express';
import { Job } from '../publishing/Job';

type PortalPrincipal = BackstageUserPrincipal | BackstageServicePrincipal;

/** Somebody of the portal: a person by their ref, a plugin or a program as `service:<subject>`. */
export type Caller = {
  readonly principal: string;
  readonly credentials: BackstageCredentials<PortalPrincipal>;
  readonly user?: BackstageCredentials<BackstageUserPrincipal>;
};

/** Proves who calls and that they may, for every route: nobody passes by default. */
export class Gatekeeper {
  readonly #httpAuth: HttpAuthService;
  readonly #auth: AuthService;
  readonly #permissions: PermissionsService;
  readonly #publishing: StandInRule<BackstageCredentials>;
  readonly #administration: StandInRule<BackstageCredentials>;

  /**
   * @param options.publishers - who may publish where the host has permissions switched off, when it allows everything to everybody
   * @param options.administrators - likewise
   */
  constructor(options: {
    httpAuth: HttpAuthService;
    auth: AuthService;
    userInfo: UserInfoService;
    permissions: PermissionsService;
    permissionsEnabled: boolean;
    publishers: readonly string[];
    administrators: readonly string[];
  }) {
    this.#httpAuth = options.httpAuth;
    this.#auth = options.auth;
    this.#permissions = options.permissions;
    const { permissionsEnabled, publishers, administrators, userInfo } =
      options;
    const standInFor = (named: readonly string[]) =>
      new StandInRule<BackstageCredentials>({
        permissionsEnabled,
        named,
        trustsPrograms: false,
        refsOf: async user =>
          (await userInfo.getUserInfo(user)).ownershipEntityRefs,
      });
    this.#publishing = standInFor([...publishers, ...administrators]);
    this.#administration = standInFor(administrators);
  }

  async reader(req: Request): Promise<Caller> {
    const caller = await this.#caller(req);
    await this.#demand(caller, manualPublishReadPermission);
    return caller;
  }

  /** @throws NotAllowedError unless the caller may publish this solution */
  async demandPublish(caller: Caller, solution: string): Promise<void> {
    if (!(await this.mayPublish(caller, solution))) {
      throw missing(manualPublishPublishPermission.name);
    }
  }

  async administrator(req: Request): Promise<Caller> {
    const caller = await this.#caller(req);
    await this.#demand(caller, manualPublishAdministerPermission);
    if (!(await this.#administration.allows(caller))) {
      throw missing(manualPublishAdministerPermission.name);
    }
    return caller;
  }

  /** Whether somebody may cancel this job: their own with the permission to publish, others' with one of its own. */
  async mayCancel(caller: Caller, job: Job): Promise<boolean> {
    if (job.requestedBy === caller.principal) {
      return this.mayPublish(caller, job.solution);
    }
    return (
      (await this.#allows(caller, manualPublishCancelPermission)) &&
      (await this.#administration.allows(caller))
    );
  }

  /** Whether somebody may do this job again, which publishes its solution: others' jobs need the permission to cancel them, too. */
  async mayRetry(caller: Caller, job: Job): Promise<boolean> {
    return (
      (await this.mayPublish(caller, job.solution)) &&
      (await this.mayCancel(caller, job))
    );
  }

  async mayPublish(caller: Caller, solution: string): Promise<boolean> {
    const [decision] = await this.#permissions.authorize(
      [
        {
          permission: manualPublishPublishPermission,
          resourceRef: solution.toLowerCase(),
        },
      ],
      { credentials: caller.credentials },
    );
    return (
      decision.result === AuthorizeResult.ALLOW &&
      this.#publishing.allows(caller)
    );
  }

  async #caller(req: Request): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    if (this.#auth.isPrincipal(credentials, 'user')) {
      const principal = credentials.principal.userEntityRef;
      return { credentials, principal, user: credentials };
    }
    const { subject } = credentials.principal as BackstageServicePrincipal;
    return { credentials, principal: `service:${subject}` };
  }

  async #demand(caller: Caller, permission: BasicPermission): Promise<void> {
    if (!(await this.#allows(caller, permission))) {
      throw missing(permission.name);
    }
  }

  async #allows(caller: Caller, permission: BasicPermission): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }
}

function missing(permission: string): NotAllowedError {
  return new NotAllowedError(`The permission ${permission} is missing`);
}
