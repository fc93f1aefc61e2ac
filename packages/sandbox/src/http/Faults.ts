import { Request, RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';

export interface Fault {
  /** Part of the path (with the query), or an expression over it; left out, every path. */
  path?: string | RegExp;
  method?: string;
  /** How often it strikes; left out, until it is removed. */
  times?: number;
  /** Wait before anything else happens. */
  delayMs?: number;
  /** Answer this status with the service's own error body. */
  status?: number;
  retryAfterSeconds?: number;
  /** Close the connection: before the answer, or in the middle of its body. */
  cut?: 'before' | 'midway';
}

const answerHalfAList: RequestHandler = (req, res) => {
  res.writeHead(200, {
    'content-type': 'application/json',
    'content-length': '4096',
  });
  res.write('{"object":"list","results":[');
  setImmediate(() => req.socket.destroy());
};

/** What is to go wrong. The oldest fault that matches a request strikes; others wait for the next. */
export class Faults {
  #faults: Array<{ fault: Fault; left: number }> = [];

  constructor(faults: readonly Fault[] = []) {
    faults.forEach(fault => this.add(fault));
  }

  /** Returns what takes the fault away again. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter(each => each !== entry);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** How errors and half answers look is the service's own; half a list of JSON where nothing is said. */
  injector(
    answerError: (res: Response, status: number) => void,
    cutMidway: RequestHandler = answerHalfAList,
  ): RequestHandler {
    return async (req, res, next) => {
      const fault = this.#take(req);
      if (!fault) {
        next();
        return;
      }
      if (fault.delayMs) await delay(fault.delayMs);
      if (fault.cut === 'before') {
        req.socket.destroy();
        return;
      }
      if (fault.cut === 'midway') {
        cutMidway(req, res, next);
        return;
      }
      if (fault.status === undefined) {
        next();
        return;
      }
      if (fault.retryAfterSeconds !== undefined) {
        res.setHeader('retry-after', String(fault.retryAfterSeconds));
      }
      answerError(res, fault.status);
    };
  }

  #take(req: Request): Fault | undefined {
    const entry = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.method === undefined ||
          fault.method.toUpperCase() === req.method) &&
        matches(fault.path, req.originalUrl),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.fault;
  }
}

function matches(wanted: string | RegExp | undefined, path: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? path.includes(wanted) : wanted.test(path);
}
