import { Agent, Dispatcher, request } from 'undici';
import {
  PrivateAddress,
  publicLookup,
  refusePrivateLiteral,
} from './addressGuard';

export type Download =
  | { outcome: 'bytes'; bytes: Buffer }
  /** The address has expired. */
  | { outcome: 'expired'; message: string }
  | { outcome: 'gone'; message: string }
  | { outcome: 'too-large'; message: string }
  /** No attempt would go otherwise. */
  | { outcome: 'refused'; message: string }
  /** May go well the next time. */
  | { outcome: 'unreachable'; message: string };

export type DownloaderOptions = {
  maxBytes: number;
  /** Of one attempt. */
  timeoutMs: number;
  /** Hosts (with or without port) that may be on a private network. */
  allowedPrivateHosts: readonly string[];
};

const MOST_REDIRECTS = 5;

/** Gets files of others, who may name any address: nothing but http(s), no private networks, and no more than is wanted. */
export class Downloader {
  readonly #options: DownloaderOptions;
  readonly #allowed: ReadonlySet<string>;
  readonly #guarded: Agent;
  readonly #open: Agent;

  constructor(options: DownloaderOptions) {
    this.#options = options;
    this.#allowed = new Set(
      options.allowedPrivateHosts.map(host => host.toLowerCase()),
    );
    this.#guarded = new Agent({ connect: { lookup: publicLookup } });
    this.#open = new Agent();
  }

  async close(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#open.destroy()]);
  }

  /** Fails only where the signal ends it. */
  async get(address: string, signal: AbortSignal): Promise<Download> {
    const { timeoutMs } = this.#options;
    try {
      return await this.#follow(
        address,
        AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      );
    } catch (error) {
      signal.throwIfAborted();
      const outcome = isPrivate(error) ? 'refused' : 'unreachable';
      return { outcome, message: messageOf(error) };
    }
  }

  async #follow(first: string, signal: AbortSignal): Promise<Download> {
    let address = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const url = URL.canParse(address) ? new URL(address) : undefined;
      if (!url || !/^https?:$/.test(url.protocol)) {
        return {
          outcome: 'refused',
          message: 'Its address is neither http nor https',
        };
      }
      const response = await this.#request(url, signal);
      const { location } = response.headers;
      const isRedirect =
        [301, 302, 303, 307, 308].includes(response.statusCode) &&
        typeof location === 'string';
      if (!isRedirect) return this.#read(response);
      discard(response);
      address = new URL(location, url).href;
    }
    return { outcome: 'unreachable', message: 'It redirects in circles' };
  }

  async #request(
    url: URL,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const isAllowed =
      this.#allowed.has(url.hostname) || this.#allowed.has(url.host);
    if (!isAllowed) refusePrivateLiteral(url);
    return request(url, {
      dispatcher: isAllowed ? this.#open : this.#guarded,
      signal,
      headers: { accept: '*/*' },
    });
  }

  async #read(response: Dispatcher.ResponseData): Promise<Download> {
    const { statusCode, headers, body } = response;
    if (statusCode !== 200) {
      discard(response);
      const message = `It is answered with ${statusCode}`;
      switch (statusCode) {
        case 401:
        case 403:
          return { outcome: 'expired', message };
        case 404:
        case 410:
          return { outcome: 'gone', message };
        default:
          return {
            outcome:
              statusCode >= 500 || statusCode === 429
                ? 'unreachable'
                : 'refused',
            message,
          };
      }
    }
    const { maxBytes } = this.#options;
    const tooLarge: Download = {
      outcome: 'too-large',
      message: `It has more than ${maxBytes} bytes`,
    };
    if (Number(headers['content-length']) > maxBytes) {
      discard(response);
      return tooLarge;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      // Leaving the loop ends the connection.
      if (length > maxBytes) return tooLarge;
      chunks.push(bytes);
    }
    return { outcome: 'bytes', bytes: Buffer.concat(chunks) };
  }
}

/** Ends a connection whose answer is not read. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {
    // That it ends is what is wanted.
  });
  body.destroy();
}

function isPrivate(error: unknown): boolean {
  return (
    error instanceof PrivateAddress ||
    (error instanceof Error && isPrivate(error.cause))
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
