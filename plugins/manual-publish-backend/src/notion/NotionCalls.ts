import {
  BlockObjectResponse,
  Client,
  DatabaseObjectResponse,
  LogLevel,
  PageObjectResponse,
  isFullBlock,
  isFullDatabase,
  isFullPage,
} from '@notionhq/client';
import { LoggerService } from '@backstage/backend-plugin-api';
import { CallQueue } from './CallQueue';

/** One answer of a list that may go on. */
export type ListAnswer<T> = {
  readonly results: readonly T[];
  /** Undefined at the end of the list. */
  readonly nextCursor?: string;
};

export type NotionConnection = {
  token: string;
  baseUrl?: string;
  /** Of the API, such as 2025-09-03. */
  version?: string;
  /** How long one call may take. */
  timeoutMs?: number;
};

const CALL_TIMEOUT_MS = 60_000;

/**
 * The calls that reading manuals takes, for one reading. Its signal ends calls under way.
 *
 * The SDK is the transport only: tries, waits and limits are the queue's, which all readings share.
 */
export class NotionCalls {
  readonly #client: Client;
  readonly #queue: CallQueue;
  readonly #signal: AbortSignal;
  readonly #onCall: (() => void) | undefined;
  readonly #isWaitedFor: boolean;

  constructor(options: {
    connection: NotionConnection;
    queue: CallQueue;
    logger: LoggerService;
    signal: AbortSignal;
    onCall?: () => void;
    isWaitedFor: boolean;
    /** Told what time it was for Notion when it answered. */
    onAnswer: (date: Date) => void;
  }) {
    const { connection, queue, logger, signal, onCall, onAnswer } = options;
    this.#queue = queue;
    this.#signal = signal;
    this.#onCall = onCall;
    this.#isWaitedFor = options.isWaitedFor;
    const timeoutMs = connection.timeoutMs ?? CALL_TIMEOUT_MS;
    this.#client = new Client({
      auth: connection.token,
      baseUrl: connection.baseUrl,
      notionVersion: connection.version,
      retry: false,
      // Ours ends the connection, and comes first; the SDK's would let it go on.
      timeoutMs: timeoutMs * 2,
      logLevel: LogLevel.ERROR,
      logger: (_level, message) => logger.warn(`Notion's client: ${message}`),
      fetch: async (url, init) => {
        const answer = await fetch(url, {
          method: init?.method,
          headers: init?.headers,
          body: init?.body,
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        const date = Date.parse(answer.headers.get('date') ?? '');
        if (!Number.isNaN(date)) onAnswer(new Date(date));
        return answer;
      },
    });
  }

  async page(pageId: string): Promise<PageObjectResponse | undefined> {
    const answer = await this.#run(() =>
      this.#client.pages.retrieve({ page_id: pageId }),
    );
    return isFullPage(answer) ? answer : undefined;
  }

  async block(blockId: string): Promise<BlockObjectResponse | undefined> {
    const answer = await this.#run(() =>
      this.#client.blocks.retrieve({ block_id: blockId }),
    );
    return isFullBlock(answer) ? answer : undefined;
  }

  async database(
    databaseId: string,
  ): Promise<DatabaseObjectResponse | undefined> {
    const answer = await this.#run(() =>
      this.#client.databases.retrieve({ database_id: databaseId }),
    );
    return isFullDatabase(answer) ? answer : undefined;
  }

  async children(
    blockId: string,
    cursor?: string,
  ): Promise<ListAnswer<BlockObjectResponse>> {
    const answer = await this.#run(() =>
      this.#client.blocks.children.list({
        block_id: blockId,
        start_cursor: cursor,
      }),
    );
    return {
      results: answer.results.filter(isFullBlock),
      nextCursor: answer.next_cursor ?? undefined,
    };
  }

  async rows(
    dataSourceId: string,
    cursor?: string,
  ): Promise<ListAnswer<PageObjectResponse>> {
    const answer = await this.#run(() =>
      this.#client.dataSources.query({
        data_source_id: dataSourceId,
        start_cursor: cursor,
      }),
    );
    return {
      results: answer.results.filter(isFullPage),
      nextCursor: answer.next_cursor ?? undefined,
    };
  }

  /** Pages that the integration sees, those edited last first. Notion's index may lag behind. */
  async recentPages(cursor?: string): Promise<ListAnswer<PageObjectResponse>> {
    const answer = await this.#run(() =>
      this.#client.search({
        filter: { property: 'object', value: 'page' },
        sort: { timestamp: 'last_edited_time', direction: 'descending' },
        start_cursor: cursor,
      }),
    );
    return {
      results: answer.results.filter(isFullPage),
      nextCursor: answer.next_cursor ?? undefined,
    };
  }

  #run<T>(call: () => Promise<T>): Promise<T> {
    return this.#queue.run({
      call,
      signal: this.#signal,
      isWaitedFor: this.#isWaitedFor,
      onStart: this.#onCall,
    });
  }
}
