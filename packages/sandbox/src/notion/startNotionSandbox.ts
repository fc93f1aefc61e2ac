import express, {
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import { CallLog } from '../http/CallLog';
import { Clock, systemClock } from '../http/Clock';
import { Fault, Faults } from '../http/Faults';
import { bearerToken } from '../http/bearerToken';
import { listen } from '../http/listen';
import { MediaStore } from './MediaStore';
import { NotionError, answerNotionError } from './NotionError';
import { NotionView } from './NotionView';
import { NotionWorkspace } from './NotionWorkspace';
import { RateLimit } from './RateLimits';
import { PageDraft } from './drafts';
import { notionRoutes } from './notionRoutes';
import { versionOf } from './readRequest';
import {
  PageEvent,
  WebhookAnswer,
  pageEvent,
  sendVerification,
  sendWebhook,
} from './webhooks';

export interface NotionSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Real time that each API answer takes. */
  latencyMs?: number;
  /** All of them must let a call pass; none by default. They hold for the one integration that there is. */
  limits?: readonly RateLimit[];
  clock?: Clock;
  faults?: readonly Fault[];
  /** What is in the workspace to begin with. */
  pages?: readonly PageDraft[];
  /** When `pages` were written, so that they are no younger after a restart; left out, now. */
  pagesWrittenAt?: Date;
  /** The only token that is let in. */
  token?: string;
  /** The secret that webhooks are signed with. */
  verificationToken?: string;
}

export interface NotionSandbox {
  /** What `baseUrl` of the SDK is set to. */
  url: string;
  token: string;
  verificationToken: string;
  stop(): Promise<void>;
  /** What is in it, and the edits of its writers. */
  workspace: NotionWorkspace;
  /** API calls. */
  log: CallLog;
  faults: Faults;
  /** Media: their own log and faults, and `add` for one's own files. */
  media: MediaStore;
  pageEvent(type: PageEvent['type'], pageId: string): PageEvent;
  sendWebhook(url: string, event: PageEvent): Promise<WebhookAnswer>;
  sendVerification(url: string): Promise<WebhookAnswer>;
}

/** Starts a Notion on the loopback address. */
export async function startNotionSandbox(
  options: NotionSandboxOptions = {},
): Promise<NotionSandbox> {
  const {
    clock = systemClock,
    limits = [],
    token = 'ntn_sandbox',
    verificationToken = 'secret_sandbox_verification_token',
    latencyMs = 0,
  } = options;
  let url = '';
  const workspace = new NotionWorkspace(
    clock,
    options.pages,
    options.pagesWrittenAt,
  );
  const media = new MediaStore(clock, () => url);
  const view = new NotionView(workspace, media.issueUrl);
  const log = new CallLog();
  const faults = new Faults(options.faults);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_req, res, next) => {
    res.setHeader('Date', new Date(clock.now()).toUTCString());
    next();
  });
  app.use(media.router());
  app.use(
    '/v1',
    log.recorder(clock),
    authenticated(token),
    faults.injector((res, status) =>
      answerNotionError(res, NotionError.ofStatus(status)),
    ),
    limited(limits, clock),
    express.json({ limit: '1mb' }),
    async (_req, _res, next) => {
      if (latencyMs > 0) await delay(latencyMs);
      next();
    },
    notionRoutes(workspace, view),
  );
  app.use(answerErrors);

  const listening = await listen(app, options.port);
  url = listening.url;

  return {
    url,
    token,
    verificationToken,
    stop: listening.stop,
    workspace,
    log,
    faults,
    media,
    pageEvent: (type, pageId) => pageEvent(type, pageId, clock),
    sendWebhook: (to, event) => sendWebhook(to, event, verificationToken),
    sendVerification: to => sendVerification(to, verificationToken),
  };
}

function authenticated(token: string): RequestHandler {
  return (req, _res, next) => {
    if (bearerToken(req) !== token) throw NotionError.ofStatus(401);
    if (versionOf(req) === '') {
      throw new NotionError(
        400,
        'missing_version',
        'Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`.',
      );
    }
    next();
  };
}

function limited(limits: readonly RateLimit[], clock: Clock): RequestHandler {
  return (_req, res, next) => {
    const now = clock.now();
    const waits = limits.flatMap(limit => limit.retryAfter(now) ?? []);
    if (waits.length > 0) {
      res.setHeader('retry-after', String(Math.max(...waits)));
      throw NotionError.ofStatus(429);
    }
    limits.forEach(limit => limit.spend(now));
    next();
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
  if (error instanceof NotionError) {
    answerNotionError(res, error);
    return;
  }
  const isBadJson = error instanceof SyntaxError;
  answerNotionError(
    res,
    isBadJson
      ? new NotionError(400, 'invalid_json', 'Error parsing JSON body.')
      : NotionError.ofStatus(500),
  );
}
