import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Job, JobState } from '@herald/backstage-plugin-manual-publish-common';
import { PortalProcess } from '@herald/test-utils';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BASE, GUEST } from './startManualPublish';

/** A portal that publishes, in a process of its own. */
export class PublishingProcess extends PortalProcess {
  /** @param options.programs - a directory that is looked into before all others for programs such as git */
  constructor(options: {
    database: JsonObject;
    manualPublish: JsonObject;
    programs?: string;
  }) {
    super({
      main: path.join(__dirname, 'portalMain.ts'),
      config: {
        backend: { database: options.database },
        permission: { enabled: false },
        manualPublish: { publishers: [GUEST], ...options.manualPublish },
      },
      programs: options.programs,
    });
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
    return fetch(this.urlOf(BASE + pathname), {
      ...init,
      headers: {
        ...init.headers,
        Authorization: mockCredentials.user.header(GUEST),
      },
    });
  }
}
