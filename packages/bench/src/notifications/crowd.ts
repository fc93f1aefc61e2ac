import { JsonObject } from '@backstage/types';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { Call, openPool, request } from '../harness/portal';
import { serveParent } from '../harness/worker';
import { bareStream, heraldStream, upstreamSignals } from './liveStreams';

// The process of the people who listen: neither the server nor the bench pays for reading what thousands of them are told.

const OPENING_AT_ONCE = 32;
const PATIENCE_MS = 240_000;
const OPENING_PATIENCE_MS = 30_000;

/** One person's connection. Resolves once it is told what comes from now on. */
export type LiveStream = (
  number: number,
  onContent: (text: string) => void,
  onLoss: (error: Error) => void,
) => Promise<void>;

type Delivery = {
  marker: string;
  start: number;
  /** How long it took until the content was there; by the number of the stream. */
  latencies: Map<number, number>;
  resolve(): void;
  reject(error: Error): void;
};

class Crowd {
  readonly #stream: LiveStream;
  readonly #pool: Pool;
  #size = 0;
  #delivery: Delivery | undefined;

  constructor(stream: LiveStream, pool: Pool) {
    this.#stream = stream;
    this.#pool = pool;
  }

  /** Until there are so many in all. */
  async open(size: number): Promise<void> {
    let next = this.#size + 1;
    const opener = async () => {
      while (next <= size) {
        const number = next;
        next += 1;
        await Promise.race([
          this.#stream(
            number,
            text => this.#receive(number, text),
            error => this.#delivery?.reject(error),
          ),
          failAfter(OPENING_PATIENCE_MS, () => `stream ${number} did not open`),
        ]);
      }
    };
    await Promise.all(Array.from({ length: OPENING_AT_ONCE }, opener));
    this.#size = size;
  }

  /** @returns how long it took, from the request, until each of them had content with the marker in it */
  async send(call: Call, marker: string): Promise<number[]> {
    const latencies = new Map<number, number>();
    const delivered = new Promise<void>((resolve, reject) => {
      this.#delivery = {
        marker,
        start: performance.now(),
        latencies,
        resolve,
        reject,
      };
    });
    await Promise.all([
      request(this.#pool, call),
      Promise.race([
        delivered,
        failAfter(
          PATIENCE_MS,
          () => `${latencies.size} of ${this.#size} streams had it in time`,
        ),
      ]),
    ]).finally(() => {
      this.#delivery = undefined;
    });
    return [...latencies.values()];
  }

  #receive(number: number, text: string): void {
    const delivery = this.#delivery;
    if (
      !delivery ||
      delivery.latencies.has(number) ||
      !text.includes(delivery.marker)
    ) {
      return;
    }
    delivery.latencies.set(number, performance.now() - delivery.start);
    if (delivery.latencies.size === this.#size) {
      delivery.resolve();
    }
  }
}

async function failAfter(ms: number, reason: () => string): Promise<never> {
  await delay(ms, undefined, { ref: false });
  throw new Error(reason());
}

function streamOf(
  system: unknown,
  port: number,
  people: readonly string[],
): LiveStream {
  switch (system) {
    case 'bare':
      return bareStream(port, people);
    case 'herald':
      return heraldStream(port, people);
    default:
      return upstreamSignals(port, people);
  }
}

serveParent(async ({ system, port, people }) => {
  const crowd = new Crowd(
    streamOf(system, Number(port), people as string[]),
    openPool(Number(port), 1),
  );
  return {
    greeting: {},
    answer: async ({ open, send, marker }: JsonObject) => {
      if (open !== undefined) {
        await crowd.open(Number(open));
        return null;
      }
      return crowd.send(send as Call, String(marker));
    },
  };
});
