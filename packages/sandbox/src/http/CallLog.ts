import { RequestHandler } from 'express';
import { Clock } from './Clock';

export interface Call {
  method: string;
  /** With the query, without the host. */
  path: string;
  /** When it came, by the sandbox's clock. */
  at: Date;
  /** What was answered; undefined while it is not, or when the connection was cut. */
  status?: number;
}

/** Every request that a stand-in got, in order. Media have a log of their own: they cost no API budget. */
export class CallLog {
  readonly #calls: Call[] = [];

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Calls that were answered with 200 more than once, by "METHOD path": what a client fetched again. */
  repeated(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const call of this.#calls.filter(each => each.status === 200)) {
      const key = `${call.method} ${call.path}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return new Map([...counts].filter(([, count]) => count > 1));
  }

  clear(): void {
    this.#calls.length = 0;
  }

  recorder(clock: Clock): RequestHandler {
    return (req, res, next) => {
      const call: Call = {
        method: req.method,
        path: req.originalUrl,
        at: new Date(clock.now()),
      };
      this.#calls.push(call);
      res.on('finish', () => {
        call.status = res.statusCode;
      });
      next();
    };
  }
}
