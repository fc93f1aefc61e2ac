import { JsonObject, JsonValue } from '@backstage/types';
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own, so that what it costs is on nobody else's account. */
export type Worker = {
  /** What it said when it was ready. */
  readonly greeting: JsonObject;
  /** @throws Error where it could not answer, or is gone */
  ask(question: JsonObject): Promise<JsonValue>;
  stop(): Promise<void>;
};

/** What a worker is once it has started. */
export type Started = {
  greeting: JsonObject;
  answer?(question: JsonObject): Promise<JsonValue>;
};

type FromWorker =
  | { greeting: JsonObject }
  | { failure: string; answerTo?: number }
  | { answerTo: number; value: JsonValue };

type Waiting = {
  resolve(value: JsonValue): void;
  reject(error: Error): void;
};

/**
 * @param entry - module that calls `serveParent`
 * @param settings - what it is given to start with
 */
export async function startWorker(
  entry: string,
  settings: JsonObject,
): Promise<Worker> {
  const child = fork(entry, {
    // Standard output belongs to the report.
    stdio: ['ignore', 2, 2, 'ipc'],
    execArgv: [...process.execArgv, '--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const gone = once(child, 'exit');
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const greeted = new Promise<JsonObject>((resolve, reject) => {
    // Backstage has messages of its own for a parent process; they are passed over.
    child.on('message', (message: FromWorker) => {
      if ('greeting' in message) {
        resolve(message.greeting);
      } else if ('value' in message) {
        waiting.get(message.answerTo)?.resolve(message.value);
      } else if ('failure' in message) {
        const error = new Error(message.failure);
        if (message.answerTo === undefined) {
          reject(error);
        } else {
          waiting.get(message.answerTo)?.reject(error);
        }
      }
    });
    gone.then(([code]) => {
      const error = new Error(`${entry} exited with ${code}`);
      reject(error);
      waiting.forEach(one => one.reject(error));
    });
  });
  child.send(settings);
  const greeting = await greeted.catch(error => {
    child.kill();
    throw new Error(`The process did not start: ${error.message}`);
  });
  return {
    greeting,
    async ask(question) {
      asked += 1;
      const number = asked;
      const answered = new Promise<JsonValue>((resolve, reject) =>
        waiting.set(number, { resolve, reject }),
      );
      child.send({ number, question });
      return answered.finally(() => waiting.delete(number));
    },
    async stop() {
      if (child.connected) {
        child.disconnect();
      }
      await gone;
    },
  };
}

/** The other end, in the process of the worker; it ends with its parent. */
export function serveParent(
  start: (settings: JsonObject) => Promise<Started>,
): void {
  const tell = (message: FromWorker) => process.send?.(message);
  process.once('disconnect', () => process.exit(0));
  process.once('message', async (settings: JsonObject) => {
    try {
      const { greeting, answer } = await start(settings);
      process.on(
        'message',
        async (message: { number: number; question: JsonObject }) => {
          const answerTo = message.number;
          try {
            if (!answer) {
              throw new Error('This process answers no questions');
            }
            tell({ answerTo, value: await answer(message.question) });
          } catch (error) {
            tell({ answerTo, failure: textOf(error) });
          }
        },
      );
      tell({ greeting });
    } catch (error) {
      tell({ failure: textOf(error) });
    }
  });
}

function textOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}
