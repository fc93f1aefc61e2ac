import express, { NextFunction, Request, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { CallLog } from '../http/CallLog';
import { Clock, systemClock } from '../http/Clock';
import { Fault, Faults } from '../http/Faults';
import { bearerToken } from '../http/bearerToken';
import { listen } from '../http/listen';
import { OpenAiError, answerOpenAiError } from './OpenAiError';
import { TokenMeter } from './TokenMeter';
import { TranslatorFaults } from './TranslatorFaults';
import { chatCompletion } from './chatCompletion';

export interface OpenAiSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Real time that each answer takes. */
  latencyMs?: number;
  clock?: Clock;
  faults?: readonly Fault[];
  /** The only key that is let in. */
  apiKey?: string;
}

export interface OpenAiSandbox {
  /** What `baseURL` of the SDK is set to, `/v1` included. */
  url: string;
  apiKey: string;
  stop(): Promise<void>;
  log: CallLog;
  /** What goes wrong with HTTP: 429, 500, slow answers, cut connections. */
  faults: Faults;
  /** What goes wrong within an answer. */
  translatorFaults: TranslatorFaults;
}

/** Starts an OpenAI on the loopback address, which translates into accented English. */
export async function startOpenAiSandbox(
  options: OpenAiSandboxOptions = {},
): Promise<OpenAiSandbox> {
  const { clock = systemClock, apiKey = 'sk-sandbox', latencyMs = 0 } = options;
  const log = new CallLog();
  const faults = new Faults(options.faults);
  const translatorFaults = new TranslatorFaults();
  const meter = new TokenMeter();

  const app = express();
  app.disable('x-powered-by');
  app.use(
    log.recorder(clock),
    (req, _res, next) => {
      if (bearerToken(req) !== apiKey) throw OpenAiError.ofStatus(401);
      next();
    },
    faults.injector((res, status) =>
      answerOpenAiError(res, OpenAiError.ofStatus(status)),
    ),
    express.json({ limit: '10mb' }),
  );
  app.post('/v1/chat/completions', async (req, res, next) => {
    try {
      if (latencyMs > 0) await delay(latencyMs);
      res.json(
        chatCompletion(req.body, { clock, meter, faults: translatorFaults }),
      );
    } catch (error) {
      next(error);
    }
  });
  app.use(() => {
    throw OpenAiError.ofStatus(404);
  });
  app.use(answerErrors);

  const listening = await listen(app, options.port);
  return {
    url: `${listening.url}/v1`,
    apiKey,
    stop: listening.stop,
    log,
    faults,
    translatorFaults,
  };
}

function answerErrors(
  error: unknown,
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  if (error instanceof OpenAiError) {
    answerOpenAiError(res, error);
    return;
  }
  answerOpenAiError(
    res,
    error instanceof SyntaxError
      ? OpenAiError.badRequest('We could not parse the JSON body.')
      : OpenAiError.ofStatus(500),
  );
}
