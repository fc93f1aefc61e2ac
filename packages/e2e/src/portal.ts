import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetch } from 'undici';
import { ensureFrontendBuild } from './frontendBuild';
import { repositoryRoot } from './repository';
import { until } from './until';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 10_000;
const SIGN_IN_TIMEOUT_MS = 120_000;
const TELL_AGAIN_MS = 2_000;
const LOG_LINES_IN_ERRORS = 40;

const GUEST = 'user:default/guest';

/** What the portal tells a browser that signs in; more than what is named here. */
export type Session = {
  backstageIdentity: {
    token: string;
    identity: { userEntityRef: string };
  };
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('the system gave no port');
  }
  return address.port;
}

/**
 * The example portal as people use it: the real backend with the development configuration, which serves the built
 * frontend, on a port and with databases of its own.
 */
export class Portal {
  /** Where page and API are, without a trailing slash. */
  readonly url: string;

  readonly #backend: ChildProcess;
  readonly #directory: string;
  /** The configuration that says who "guest" is. The backend looks again when it changes. */
  readonly #doorkeeping: string;
  readonly #log: string[] = [];

  private constructor(
    port: number,
    directory: string,
    environment: Record<string, string>,
  ) {
    this.url = `http://localhost:${port}`;
    this.#directory = directory;
    this.#doorkeeping = path.join(directory, 'sign-in.yaml');
    this.#letIn(GUEST);
    this.#backend = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        'src/index.ts',
        '--config',
        path.join(repositoryRoot, 'app-config.yaml'),
        '--config',
        this.#doorkeeping,
      ],
      {
        cwd: path.join(repositoryRoot, 'packages/backend'),
        env: {
          ...process.env,
          NODE_ENV: 'development', // or there is no guest
          HERALD_APP_PORT: String(port),
          HERALD_BACKEND_PORT: String(port),
          HERALD_DATA_DIR: directory,
          NOTIFICATIONS_SECRET: '', // the default of app-config.yaml holds
          // Keeping the page's old assets in the database only costs time here.
          APP_CONFIG_app_disableStaticFallbackCache: 'true',
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [this.#backend.stdout, this.#backend.stderr]) {
      stream?.on('data', chunk => this.#log.push(String(chunk)));
    }
  }

  /**
   * Resolves when the portal answers, shows its page, and its catalog knows the guest.
   *
   * @param environment - variables beyond those of every portal
   */
  static async start(
    environment: Record<string, string> = {},
  ): Promise<Portal> {
    ensureFrontendBuild();
    const directory = fs.mkdtempSync(path.join(tmpdir(), 'herald-portal-'));
    const portal = new Portal(await freePort(), directory, environment);
    try {
      await until('the portal is ready', START_TIMEOUT_MS, () =>
        portal.#isReady(),
      );
    } catch (error) {
      await portal.stop();
      throw new Error(`${error}\n${portal.#lastWords()}`);
    }
    return portal;
  }

  async stop(): Promise<void> {
    if (this.#isRunning()) {
      const ended = once(this.#backend, 'exit');
      this.#backend.kill('SIGTERM');
      const killer = setTimeout(
        () => this.#backend.kill('SIGKILL'),
        STOP_TIMEOUT_MS,
      );
      await ended;
      clearTimeout(killer);
    }
    fs.rmSync(this.#directory, { recursive: true, force: true });
  }

  /** A token of the signed-in guest. */
  async guestToken(): Promise<string> {
    return (await this.#session()).backstageIdentity.token;
  }

  /**
   * A session of somebody else in the catalog. The example portal lets nobody in but the guest, so the guest is this person for
   * a moment, by configuration: what comes of it is a session that the backend gave out, as for anybody.
   *
   * @param name - as in users.yaml
   */
  async sessionOf(name: string): Promise<Session> {
    const session = await this.#sessionAs(`user:default/${name}`);
    await this.#sessionAs(GUEST);
    return session;
  }

  async #sessionAs(userRef: string): Promise<Session> {
    let session: Session | undefined;
    let told = -Infinity;
    await until(`the door is ${userRef}'s`, SIGN_IN_TIMEOUT_MS, async () => {
      // The backend does not see a change that comes while it is still reading the last one.
      if (Date.now() - told > TELL_AGAIN_MS) {
        this.#letIn(userRef);
        told = Date.now();
      }
      session = await this.#session();
      return session.backstageIdentity.identity.userEntityRef === userRef;
    });
    if (!session) throw new Error(`${userRef} has no session`);
    return session;
  }

  async #session(): Promise<Session> {
    const response = await fetch(`${this.url}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    return (await response.json()) as Session;
  }

  #letIn(userRef: string): void {
    const guest = { userEntityRef: userRef, ownershipEntityRefs: [userRef] };
    fs.writeFileSync(
      this.#doorkeeping,
      JSON.stringify({ auth: { providers: { guest } } }), // which is YAML, too
    );
  }

  async #isReady(): Promise<boolean> {
    if (!this.#isRunning()) {
      throw new Error('the portal ended while it was starting');
    }
    try {
      const health = await fetch(`${this.url}/.backstage/health/v1/readiness`);
      if (!health.ok) return false;
      const page = await fetch(`${this.url}/notifications`);
      if (!page.ok) return false;
      const guest = await fetch(
        `${this.url}/api/catalog/entities/by-name/user/default/guest`,
        { headers: { Authorization: `Bearer ${await this.guestToken()}` } },
      );
      return guest.ok;
    } catch {
      return false; // nobody listens yet
    }
  }

  #isRunning(): boolean {
    return this.#backend.exitCode === null && this.#backend.signalCode === null;
  }

  #lastWords(): string {
    return this.#log
      .join('')
      .split('\n')
      .slice(-LOG_LINES_IN_ERRORS)
      .join('\n');
  }
}
