import { JsonObject } from '@backstage/types';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A portal in a process of its own, which a test can kill, on a database that outlives it. */
export class PortalProcess {
  readonly #main: string;
  readonly #config: JsonObject;
  readonly #path: string;
  #child: ChildProcess | undefined;
  #port = 0;

  /**
   * @param options.main - the file that calls `servePortal`
   * @param options.programs - a directory that is looked into before all others for programs such as git
   */
  constructor(options: {
    main: string;
    config: JsonObject;
    programs?: string;
  }) {
    this.#main = options.main;
    this.#config = options.config;
    this.#path = [options.programs, process.env.PATH]
      .filter(directories => directories !== undefined)
      .join(path.delimiter);
  }

  async start(): Promise<void> {
    const child = fork(this.#main, {
      execArgv: [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production', PATH: this.#path },
    });
    this.#child = child;
    child.send(this.#config);
    const ready = new Promise<void>(resolve => {
      // Other messages are the loader's own.
      child.on('message', (message: { port?: number }) => {
        if (message.port !== undefined) {
          this.#port = message.port;
          resolve();
        }
      });
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The portal ended with ${code}`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => {});
  }

  /** As a crash of the machine would: nothing of it goes on, and nothing is put in order. */
  async kill(): Promise<void> {
    const gone = this.gone();
    this.#child?.kill('SIGKILL');
    await gone;
  }

  /** Resolves when the process is no more, whoever has ended it. */
  async gone(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      await once(child, 'exit');
    }
  }

  protected urlOf(pathname: string): string {
    return `http://127.0.0.1:${this.#port}${pathname}`;
  }
}
