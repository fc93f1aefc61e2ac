import { Request, Response } from 'express';
import { spawn } from 'node:child_process';
import { gitEnvironment } from './runGit';

export interface BackendRequest {
  /** The directory that the repositories are in. */
  root: string;
  /** Who pushes or fetches; git lets nobody push who has no name. */
  user: string;
  /** Closes the connection in the middle of the answer: what git was asked to do is done by then. */
  isCutMidway: boolean;
  environment: NodeJS.ProcessEnv;
}

const given = (name: string, value: string | undefined) =>
  value === undefined ? {} : { [name]: value };

/** Lets git itself answer, as a web server does: its `http-backend` is a CGI program. */
export function answerByGit(
  req: Request,
  res: Response,
  { root, user, isCutMidway, environment }: BackendRequest,
): void {
  const { pathname, search } = new URL(req.originalUrl, 'http://localhost');
  const git = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment,
      ...environment,
      GATEWAY_INTERFACE: 'CGI/1.1',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: req.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REMOTE_USER: user,
      REMOTE_ADDR: '127.0.0.1',
      CONTENT_TYPE: req.get('content-type') ?? '',
      ...given('CONTENT_LENGTH', req.get('content-length')),
      ...given('HTTP_CONTENT_ENCODING', req.get('content-encoding')),
      ...given('GIT_PROTOCOL', req.get('git-protocol')),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  git.on('error', () => fail(res));
  git.stdin.on('error', () => {}); // it need not read all that is sent
  req.pipe(git.stdin);
  res.on('close', () => git.kill());

  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    git.stdout.off('data', readHead);
    writeHead(res, head.subarray(0, end).toString());
    const body = head.subarray(end + 4);
    if (isCutMidway) {
      git.stdout.once('end', () => req.socket.destroy());
      git.stdout.resume();
      res.write(body.subarray(0, Math.ceil(body.length / 2)));
      return;
    }
    res.write(body);
    git.stdout.pipe(res);
  };
  git.stdout.on('data', readHead);
  git.stdout.on('end', () => {
    if (!res.headersSent) fail(res);
  });
}

function writeHead(res: Response, head: string): void {
  res.status(200);
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') res.status(Number.parseInt(value, 10));
    else res.setHeader(name, value);
  }
}

function fail(res: Response): void {
  if (res.headersSent) res.destroy();
  else res.status(500).type('text').send('git could not be run\n');
}
