import { mockServices } from '@backstage/backend-test-utils';
import { GitSandbox, startGitSandbox, TreeChange } from '@herald/sandbox';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GitSiteRepository } from '../GitSiteRepository';

export const TOKEN = 'ghp_s3cr3t-tok3n';

/** A git host with one repository, and a folder to work in. */
export class SiteUnderTest {
  readonly logger = mockServices.logger.mock();

  private constructor(readonly host: GitSandbox, readonly workDir: string) {}

  static async start(tree: TreeChange): Promise<SiteUnderTest> {
    const host = await startGitSandbox({
      token: TOKEN,
      repositories: [{ name: 'site', tree: async () => tree }],
    });
    const workDir = await mkdtemp(path.join(os.tmpdir(), 'herald-work-'));
    return new SiteUnderTest(host, workDir);
  }

  /** The repository as a process that just started sees it. */
  open(
    options: {
      url?: string;
      branch?: string;
      token?: string;
      environment?: NodeJS.ProcessEnv;
      demandOwn?: () => Promise<void>;
    } = {},
  ): GitSiteRepository {
    return GitSiteRepository.create({
      url: this.remote.url,
      branch: 'develop',
      token: TOKEN,
      author: { name: 'Herald', email: 'herald@example.com' },
      workDir: this.workDir,
      logger: this.logger,
      ...options,
    });
  }

  get remote() {
    return this.host.repository();
  }

  /** The texts of its commits, the newest first, without trailers. */
  async messages(): Promise<string[]> {
    const log = await this.remote.log();
    return log.map(({ message }) => message.split('\n\n')[0] ?? '');
  }

  async stop(): Promise<void> {
    await this.host.stop();
    await rm(this.workDir, { recursive: true, force: true });
  }
}
