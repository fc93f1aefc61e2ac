import express, { Request, RequestHandler, Response } from 'express';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CallLog } from '../http/CallLog';
import { Clock, systemClock } from '../http/Clock';
import { Fault, Faults } from '../http/Faults';
import { listen } from '../http/listen';
import { GitRepository, NewRepository, REFUSAL } from './GitRepository';
import { basicCredentials } from './basicAuth';
import { answerByGit } from './httpBackend';
import { siteTree } from './siteTree';

export interface GitSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Where the repositories are kept. Left out, a temporary directory that is gone after `stop`. */
  directory?: string;
  /** One named `docs` with the content of examples/docs-site on `develop`, when left out. */
  repositories?: ReadonlyArray<
    Pick<NewRepository, 'name'> & Partial<NewRepository>
  >;
  /** The password that is let in, whatever the user is called. */
  token?: string;
  /** A password that may fetch and not push. */
  readOnlyToken?: string;
  clock?: Clock;
  faults?: readonly Fault[];
}

/** When a push is interrupted: before it learns what the branches are, or after that and before its commits are taken. */
export type PushStage = 'refs' | 'pack';

export interface GitSandbox {
  /** Repositories are below it, as `<name>.git`. */
  url: string;
  token: string;
  readOnlyToken: string;
  stop(): Promise<void>;
  /** The repository of that name; without one, the first. */
  repository(name?: string): GitRepository;
  /** Requests: a fetch or push has several. */
  log: CallLog;
  /** How many times somebody came to fetch (or clone), or to push, and was let in. */
  traffic(): { fetches: number; pushes: number };
  /** HTTP faults. `cut: 'midway'` of `git-receive-pack` loses the answer to a push that took place. */
  faults: Faults;
  /** Every push is refused by a hook that says this. Returns what ends that. */
  rejectPushes(message: string): () => void;
  /** Does something once, while the next push waits: such as a commit of somebody else. */
  beforeNextPush(action: () => Promise<unknown>, stage?: PushStage): void;
}

const FETCH = /\/info\/refs\?service=git-upload-pack$/;
const PUSH = /\/info\/refs\?service=git-receive-pack$/;

/** Starts a git host on the loopback address; the system's git answers. */
export async function startGitSandbox(
  options: GitSandboxOptions = {},
): Promise<GitSandbox> {
  const {
    clock = systemClock,
    repositories: wanted = [{ name: 'docs' }],
    token = 'git_sandbox',
    readOnlyToken = 'git_sandbox_read_only',
  } = options;
  let url = '';
  const urlOfServer = () => url;
  let refusal: string | undefined;
  let interruptions: Array<{
    action: () => Promise<unknown>;
    stage: PushStage;
  }> = [];
  const root =
    options.directory ?? (await mkdtemp(path.join(tmpdir(), 'herald-git-')));
  const removeTemporary = async () => {
    if (options.directory !== undefined) return;
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  };
  await mkdir(root, { recursive: true });
  const repositories: GitRepository[] = [];
  for (const { name, branch = 'develop', tree = siteTree } of wanted) {
    repositories.push(
      await GitRepository.open(root, { name, branch, tree }, urlOfServer),
    );
  }
  const log = new CallLog();
  const faults = new Faults(options.faults);

  const app = express();
  app.disable('x-powered-by');
  app.use(
    log.recorder(clock),
    authorized(token, readOnlyToken),
    known(repositories),
    faults.injector(
      (res, status) => res.status(status).type('text').send('a fault\n'),
      (_req, res, next) => {
        res.locals.isCutMidway = true;
        next();
      },
    ),
    async (req, _res, next) => {
      const stage = stageOf(req);
      const due = interruptions.filter(each => each.stage === stage);
      interruptions = interruptions.filter(each => each.stage !== stage);
      for (const { action } of due) await action();
      next();
    },
    (req: Request, res: Response) =>
      answerByGit(req, res, {
        root,
        user: basicCredentials(req)?.user || 'token',
        isCutMidway: res.locals.isCutMidway === true,
        environment: refusal === undefined ? {} : { [REFUSAL]: refusal },
      }),
  );

  const listening = await listen(app, options.port).catch(async error => {
    await removeTemporary();
    throw error;
  });
  url = listening.url;
  const count = (pattern: RegExp) =>
    log.calls.filter(call => call.status === 200 && pattern.test(call.path))
      .length;

  return {
    url,
    token,
    readOnlyToken,
    stop: async () => {
      await listening.stop();
      await removeTemporary();
    },
    repository: (name = repositories[0]?.name) => {
      const found = repositories.find(each => each.name === name);
      if (!found) throw new Error(`There is no repository ${name}`);
      return found;
    },
    log,
    traffic: () => ({ fetches: count(FETCH), pushes: count(PUSH) }),
    faults,
    rejectPushes: message => {
      refusal = message;
      return () => {
        refusal = undefined;
      };
    },
    beforeNextPush: (action, stage = 'refs') => {
      interruptions.push({ action, stage });
    },
  };
}

function stageOf(req: Request): PushStage | undefined {
  if (PUSH.test(req.originalUrl)) return 'refs';
  return req.method === 'POST' && req.path.endsWith('/git-receive-pack')
    ? 'pack'
    : undefined;
}

function known(repositories: readonly GitRepository[]): RequestHandler {
  return (req, res, next) => {
    const name = /^\/([^/]+)\.git\//.exec(req.path)?.[1];
    if (repositories.some(each => each.name === name)) next();
    else res.status(404).type('text').send('Repository not found.\n');
  };
}

function authorized(token: string, readOnlyToken: string): RequestHandler {
  return (req, res, next) => {
    const password = basicCredentials(req)?.password;
    if (password !== token && password !== readOnlyToken) {
      res
        .status(401)
        .set('www-authenticate', 'Basic realm="Sandbox"')
        .type('text')
        .send('Invalid username or token.\n');
    } else if (password === readOnlyToken && stageOf(req) !== undefined) {
      res.status(403).type('text').send('Write access not granted.\n');
    } else {
      next();
    }
  };
}
