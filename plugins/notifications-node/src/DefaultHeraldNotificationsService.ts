import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  CorrectNotification,
  NotificationContent,
  NotificationsClient,
  SendNotification,
} from '@herald/backstage-plugin-notifications-common';
import { randomUUID } from 'node:crypto';
import {
  HeraldNotificationsRequestOptions,
  HeraldNotificationsService,
} from './HeraldNotificationsService';
import { DEFAULT_RETRIES, RetrySettings, retrying } from './retrying';

const ANSWER_WITHIN_MS = 30_000;

/**
 * Calls the notifications backend over HTTP, wherever it runs.
 *
 * @public
 */
export class DefaultHeraldNotificationsService
  implements HeraldNotificationsService
{
  readonly #auth: AuthService;
  readonly #client: NotificationsClient;
  readonly #retries: RetrySettings;

  private constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    retries?: Partial<RetrySettings>;
  }) {
    this.#auth = options.auth;
    this.#client = new NotificationsClient({ discoveryApi: options.discovery });
    this.#retries = { ...DEFAULT_RETRIES, ...options.retries };
  }

  /**
   * Makes one from services of the host.
   *
   * @param options - `retries`: waits in milliseconds; six retries within about a minute unless told
   */
  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    retries?: {
      retries?: number;
      firstWaitMs?: number;
      longestWaitMs?: number;
    };
  }): DefaultHeraldNotificationsService {
    return new DefaultHeraldNotificationsService(options);
  }

  /** {@inheritDoc HeraldNotificationsService.send} */
  async send(
    notification: SendNotification,
    options: HeraldNotificationsRequestOptions & {
      idempotencyKey?: string;
    } = {},
  ): Promise<{ messageId: string }> {
    const { idempotencyKey = randomUUID() } = options;
    const { messageId } = await this.#calling(options, request =>
      this.#client.sendNotification(notification, {
        ...request,
        idempotencyKey,
      }),
    );
    return { messageId };
  }

  /** {@inheritDoc HeraldNotificationsService.correct} */
  async correct(
    messageId: string,
    correction: CorrectNotification,
    options: HeraldNotificationsRequestOptions = {},
  ): Promise<NotificationContent> {
    return this.#calling(options, request =>
      this.#client.correctNotification(messageId, correction, request),
    );
  }

  /** {@inheritDoc HeraldNotificationsService.withdraw} */
  async withdraw(
    messageId: string,
    options: HeraldNotificationsRequestOptions = {},
  ): Promise<void> {
    await this.#calling(options, async (request, attempt) => {
      try {
        await this.#client.withdrawNotification(messageId, request);
      } catch (error) {
        const isGone =
          error instanceof ResponseError && error.statusCode === 404;
        // An attempt whose answer was lost has withdrawn it.
        if (attempt === 1 || !isGone) {
          throw error;
        }
      }
    });
  }

  /** With a token of its own for every attempt: they do not last for ever. */
  async #calling<T>(
    { credentials }: HeraldNotificationsRequestOptions,
    call: (
      request: { token: string; signal: AbortSignal },
      attempt: number,
    ) => Promise<T>,
  ): Promise<T> {
    return retrying(this.#retries, async attempt => {
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf:
          credentials ?? (await this.#auth.getOwnServiceCredentials()),
        targetPluginId: 'notifications',
      });
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      return call({ token, signal }, attempt);
    });
  }
}
