import {
  APIResponseError,
  BlockObjectResponse,
  Client,
  LogLevel,
  isFullBlock,
} from '@notionhq/client';
import { ManualClock } from '../http/Clock';
import {
  NotionSandbox,
  NotionSandboxOptions,
  startNotionSandbox,
} from '../notion/startNotionSandbox';
import { paragraph } from '../notion/blocks';
import { PageDraft, page } from '../notion/drafts';

/** A Notion stand-in with a clock of its own, and the official SDK to ask it. */
export class NotionUnderTest {
  readonly clock = new ManualClock();
  #started?: { sandbox: NotionSandbox; client: Client };

  get sandbox(): NotionSandbox {
    return this.#running().sandbox;
  }

  get client(): Client {
    return this.#running().client;
  }

  async start(options: NotionSandboxOptions = {}): Promise<void> {
    const sandbox = await startNotionSandbox({ clock: this.clock, ...options });
    this.#started = { sandbox, client: this.clientFor(sandbox) };
  }

  /** Without the SDK's own retries, which would hide what the stand-in answers. */
  clientFor(
    { token, url }: NotionSandbox,
    options: ConstructorParameters<typeof Client>[0] = {},
  ): Client {
    return new Client({
      auth: token,
      baseUrl: url,
      retry: false,
      logLevel: LogLevel.ERROR,
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.#started?.sandbox.stop();
    this.#started = undefined;
  }

  async firstBlock(pageId: string): Promise<BlockObjectResponse> {
    const { results } = await this.client.blocks.children.list({
      block_id: pageId,
    });
    const [block] = results.filter(isFullBlock);
    return block;
  }

  #running() {
    if (!this.#started) throw new Error('The sandbox has not been started');
    return this.#started;
  }
}

/** A page with a paragraph ("hello") and a child page ("child") that has a paragraph ("x"). */
export function rootPage(): PageDraft {
  return page('Root')
    .as('root')
    .with(
      paragraph('Hello ').as('hello'),
      page('Child').as('child').with(paragraph('x').as('x')),
    );
}

/** The error that a call is answered with; a call that succeeds is a failure of the test. */
export async function failure(
  call: Promise<unknown>,
): Promise<APIResponseError> {
  const error = await call.then(
    () => new Error('The call succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof APIResponseError)) throw error;
  return error;
}
