import {
  AuthenticationError,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { verifyWebhookSignature } from '@notionhq/client';
import { z } from 'zod';
import { canonicalId } from '../publishing/canonicalId';
import { NotConfigured } from '../publishing/NotConfigured';
import { WebhookEvents } from './WebhookEvents';

/** Notion sends an event again for about a day; what is older is a replay. */
const OLDEST_EVENT_MS = 48 * 60 * 60_000;
/** Clocks differ. */
const NEWEST_EVENT_MS = 10 * 60_000;
const VERIFICATION_LASTS_MS = 60 * 60_000;

const handshakeSchema = z.object({
  verification_token: z.string().min(1).max(500),
});

const eventSchema = z.looseObject({
  id: z.string().min(1).max(64),
  timestamp: z.iso.datetime(),
  type: z.string(),
  entity: z.object({ id: z.string(), type: z.string() }).optional(),
});

/** A page about which a webhook told something. */
export type PageChange = {
  readonly pageId: string;
  /** Whether it may be below another page now. */
  readonly isMoved: boolean;
};

/** Takes what Notion's webhook sends: only what is signed, not too old, and once. */
export class NotionWebhook {
  readonly #token: string | undefined;
  readonly #events: WebhookEvents;
  readonly #onChange: (change: PageChange) => Promise<readonly string[]>;
  readonly #now: () => Date;
  #handshake: { token: string; at: Date } | undefined;

  /** @param options.onChange - may take long; answers which solutions the page is in, and does no harm when told twice */
  constructor(options: {
    verificationToken: string | undefined;
    events: WebhookEvents;
    onChange: (change: PageChange) => Promise<readonly string[]>;
    now: () => Date;
  }) {
    this.#token = options.verificationToken;
    this.#events = options.events;
    this.#onChange = options.onChange;
    this.#now = options.now;
  }

  /**
   * @param body - the bytes as they came: the signature covers them
   * @throws AuthenticationError, InputError, NotConfigured
   */
  async receive(body: Buffer, signature: string | undefined): Promise<void> {
    if (this.#token === undefined) {
      this.#takeHandshake(body);
      return;
    }
    const isSigned = await verifyWebhookSignature({
      body,
      signature,
      verificationToken: this.#token,
    });
    if (!isSigned) {
      throw new AuthenticationError(
        'Header x-notion-signature: is missing or not valid',
      );
    }
    await this.#takeEvent(body);
  }

  /** What an operator needs to set the webhook up. @throws NotFoundError */
  verification(): { token: string; at: Date } {
    const handshake = this.#pending();
    if (!handshake) {
      throw new NotFoundError(
        'Notion has sent no verification token within the last hour to this process',
      );
    }
    return handshake;
  }

  #takeHandshake(body: Buffer): void {
    const handshake = handshakeSchema.safeParse(parsed(body));
    if (!handshake.success) {
      throw new NotConfigured([
        'manualPublish.notion.webhookVerificationToken',
      ]);
    }
    // Nothing proves who sends it. The first stays, so that nobody replaces what the operator is about to read.
    this.#handshake = this.#pending() ?? {
      token: handshake.data.verification_token,
      at: this.#now(),
    };
  }

  #pending(): { token: string; at: Date } | undefined {
    const age = this.#now().getTime() - (this.#handshake?.at.getTime() ?? 0);
    return age > VERIFICATION_LASTS_MS ? undefined : this.#handshake;
  }

  async #takeEvent(body: Buffer): Promise<void> {
    const event = eventSchema.safeParse(parsed(body));
    if (!event.success) {
      throw new InputError('The body is no event of Notion');
    }
    const { id, timestamp, type, entity } = event.data;
    const age = this.#now().getTime() - Date.parse(timestamp);
    if (age > OLDEST_EVENT_MS || age < -NEWEST_EVENT_MS) {
      throw new InputError(
        `Field timestamp: ${timestamp} is too far from now; this is taken for a replay`,
      );
    }
    if (!entity || entity.type !== 'page' || !isId(entity.id)) {
      return;
    }
    if (await this.#events.isNew(id)) {
      // The change first: told twice it does no harm, forgotten it does.
      const solutions = await this.#onChange({
        pageId: canonicalId(entity.id),
        isMoved: type === 'page.moved',
      });
      await this.#events.take(id, this.#now(), solutions);
    }
  }
}

function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.replaceAll('-', ''));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new InputError('The body is not valid JSON');
  }
}
