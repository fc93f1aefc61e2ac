import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import { Audience } from '../audience/Audience';
import { inTime } from '../inTime';
import { EVERYBODY, NamedAudience, NewMessage } from '../messages/Message';
import { MessageModules } from '../messages/MessageSender';
import { NobodyLeft } from '../messages/NobodyLeft';
import { wants } from './passesFilters';
import { ProcessorRegistry } from './ProcessorRegistry';
import { readChanges, toSendOptions } from './sendOptions';

/** How long one processor, or the recipient resolver, may take over a message, which is being sent meanwhile. */
const PATIENCE_MS = 30_000;

/** What the modules of the portal make of a message before it is stored. */
export class ProcessorModules implements MessageModules {
  readonly #registry: ProcessorRegistry;
  readonly #audience: Audience;
  readonly #logger: LoggerService;
  readonly #patienceMs: number;

  /** @param options - `patienceMs`: how long a module may take while a message is being sent; 30,000 unless told, for testing */
  constructor(options: {
    registry: ProcessorRegistry;
    audience: Audience;
    logger: LoggerService;
    patienceMs?: number;
  }) {
    this.#registry = options.registry;
    this.#audience = options.audience;
    this.#logger = options.logger;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  get resolveRecipients(): boolean {
    return this.#registry.resolver !== undefined;
  }

  async prepare(message: NewMessage): Promise<NewMessage> {
    const processed = await this.#processOptions(message);
    const { named } = processed;
    return this.resolveRecipients && named && named !== 'everybody'
      ? this.#materialised(processed, named)
      : processed;
  }

  async #processOptions(message: NewMessage): Promise<NewMessage> {
    const isAnybodyAsking = this.#registry.processors.some(
      ({ processor }) => processor.processOptions,
    );
    if (!isAnybodyAsking) {
      return message;
    }
    const before = toSendOptions(message);
    let options = before;
    for (const registered of this.#registry.processors) {
      const { processor, key } = registered;
      if (processor.processOptions && wants(registered, options.payload)) {
        try {
          const changed = await inTime(
            processor.processOptions(structuredClone(options)),
            this.#patienceMs,
          );
          // Read at once, so that who made it unreadable is the one who is named.
          readChanges(before, changed);
          options = changed;
        } catch (error) {
          this.#logger.error(
            `The processor ${key} failed over the options of message ${message.id}, which goes on without it: ${error}`,
          );
        }
      }
    }
    const { content, named } = readChanges(before, options);
    const changed = { ...message, ...content };
    return named ? this.#readdressed(changed, named) : changed;
  }

  async #readdressed(
    message: NewMessage,
    named: NamedAudience,
  ): Promise<NewMessage> {
    if (named === 'everybody') {
      return { ...message, named, targets: [EVERYBODY], exclusions: [] };
    }
    if (this.resolveRecipients) {
      return { ...message, named };
    }
    const refs = named.refs.map(normalised).filter(ref => ref !== undefined);
    const excluded = named.excluded
      .map(normalised)
      .filter(ref => ref !== undefined);
    const recipients = await this.#audience.recipients([
      ...new Set([...refs, ...excluded]),
    ]);
    const whoIs = (of: readonly string[]) => [
      ...new Set(of.flatMap(ref => recipients.get(ref) ?? [])),
    ];
    const targets = whoIs(refs);
    if (targets.length === 0) {
      throw new NobodyLeft('A processor has left nobody to send this to');
    }
    return { ...message, named, targets, exclusions: whoIs(excluded) };
  }

  async #materialised(
    message: NewMessage,
    named: Exclude<NamedAudience, 'everybody'>,
  ): Promise<NewMessage> {
    const answer = await this.#resolved(named);
    const targets = [
      ...new Set(
        (answer?.userEntityRefs ?? [])
          .map(normalised)
          .filter(ref => ref?.startsWith('user:'))
          .filter(ref => ref !== undefined),
      ),
    ];
    if (targets.length === 0) {
      throw new NobodyLeft(
        `The recipient resolver of this portal finds nobody for ${named.refs.join(
          ', ',
        )}`,
      );
    }
    return { ...message, targets, exclusions: [] };
  }

  async #resolved({ refs, excluded }: Exclude<NamedAudience, 'everybody'>) {
    const { resolver } = this.#registry;
    const answer = resolver?.resolveNotificationRecipients({
      entityRefs: [...refs],
      ...(excluded.length > 0 && { excludedEntityRefs: [...excluded] }),
    });
    return inTime(answer, this.#patienceMs).catch(error => {
      this.#logger.error(`The recipient resolver failed: ${error}`);
      throw new ServiceUnavailableError(
        'The recipient resolver of this portal has failed',
      );
    });
  }
}

function normalised(ref: string): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    return undefined;
  }
}
