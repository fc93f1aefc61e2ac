import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Job, JobState } from '@herald/backstage-plugin-manual-publish-common';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BASE, GUEST } from './startManualPublish';

/** A portal in a process of its own, on a database that outlives it. */
export class PortalProcess {
  readonly #config: JsonObject;
  readonly #path: string;
  #child: ChildProcess | undefined;
  #port = 0;

  /** @param options.programs - a directory that is looked into before all others for programs such as git */
  constructor(options: {
    database: JsonObject;
    manualPublish: JsonObject;
    programs: string;
  }) {
    this.#config = {
      backend: { database: options.database },
      permission: { enabled: false },
      manualPublish: { publishers: [GUEST], ...options.manualPublish },
    };
    this.#path = `${options.programs}${path.delimiter}${process.env.PATH}`;
  }

  async start(): Promise<void> {
    const child = fork(path.join(__dirname, 'portalMain.ts'), {
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
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }

  async publish(body: object): Promise<string> {
    const response = await this.#fetch('/publish', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as { job_id?: string };
    if (!answer.job_id) {
      throw new Error(JSON.stringify(answer));
    }
    return answer.job_id;
  }

  async job(id: string): Promise<Job> {
    return (await (await this.#fetch(`/jobs/${id}`)).json()) as Job;
  }

  /** Resolves once the job is in one of these states; the test's own timeout is the limit. */
  async until(id: string, states: readonly JobState[]): Promise<Job> {
    for (;;) {
      const job = await this.job(id);
      if (states.includes(job.status)) {
        return job;
      }
      await delay(20);
    }
  }

  #fetch(pathname: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.#port}${BASE}${pathname}`, {
      ...init,
      headers: {
        ...init.headers,
        Authorization: mockCredentials.user.header(GUEST),
      },
    });
  }
}
