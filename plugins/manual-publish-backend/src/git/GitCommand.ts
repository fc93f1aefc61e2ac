import { simpleGit, SimpleGitOptions } from 'simple-git';
import { GIT_VARIABLES } from './gitEnvironment';
import { GitProgress } from './SiteRepository';

export type GitRun = {
  /** Where it runs. */
  readonly in: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GitProgress) => void;
  /** Not empty: simple-git would leave git waiting for it. */
  readonly input?: string;
  /** In addition to the environment of all runs. */
  readonly variables?: Readonly<Record<string, string>>;
};

/** Git ended with something other than success. Its text holds no secrets. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly exitCode: number;
  /** What it wrote to both outputs. */
  readonly output: string;

  constructor(options: { command: string; exitCode: number; output: string }) {
    super(
      `git ${options.command} ended with ${
        options.exitCode
      }: ${options.output.trim()}`,
    );
    this.exitCode = options.exitCode;
    this.output = options.output;
  }
}

/** Longer than any remote is silent that is still alive. */
const SILENCE_MS = 120_000;

/** Runs git with an environment of our own, and keeps secrets out of what it says. */
export class GitCommand {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];
  readonly #demandOwn: () => Promise<void>;

  /** @param options.demandOwn - fails where this process may not work in the directory any more */
  constructor(options: {
    environment: Readonly<Record<string, string>>;
    secrets: readonly string[];
    demandOwn: () => Promise<void>;
  }) {
    this.#environment = options.environment;
    this.#secrets = options.secrets.filter(secret => secret !== '');
    this.#demandOwn = options.demandOwn;
  }

  /**
   * What it wrote to its standard output.
   *
   * @throws GitFailure, the reason of the signal, or why the directory is not this process' own any more
   */
  async run(args: readonly string[], run: GitRun): Promise<string> {
    run.signal?.throwIfAborted();
    await this.#demandOwn();
    let failure: GitFailure | undefined;
    const onFailure = (exitCode: number, output: string) => {
      failure = new GitFailure({
        command: args[0] ?? '',
        exitCode,
        output: this.redact(output),
      });
    };
    try {
      return await simpleGit(this.#options(run, onFailure))
        .env({ ...this.#environment, ...run.variables })
        .raw([...args]);
    } catch (error) {
      run.signal?.throwIfAborted();
      throw (
        failure ??
        new GitFailure({
          command: args[0] ?? '',
          exitCode: -1,
          output: this.redact(error instanceof Error ? error.message : ''),
        })
      );
    }
  }

  redact(text: string): string {
    return this.#secrets.reduce(
      (clean, secret) => clean.replaceAll(secret, '***'),
      text,
    );
  }

  #options(
    run: GitRun,
    onFailure: (exitCode: number, output: string) => void,
  ): Partial<SimpleGitOptions> {
    const { signal, onProgress, input } = run;
    return {
      baseDir: run.in,
      allowEnvironment: GIT_VARIABLES,
      // Needed for what gitEnvironment sets, all of which is constant but the token. No argument needs any of these.
      unsafe: {
        allowUnsafeConfigEnvCount: true,
        allowUnsafeConfigPaths: true,
        allowUnsafeFsMonitor: true,
        allowUnsafeHooksPath: true,
        allowUnsafeSshCommand: true,
      },
      timeout: { block: SILENCE_MS },
      ...(signal && { abort: signal }),
      ...(input !== undefined && { input: () => input }),
      ...(onProgress && {
        progress: ({ stage, progress }) =>
          onProgress({ stage, percent: progress }),
      }),
      // By default an exit code counts only where something stands in stderr.
      errors: (error, result) => {
        if (result.exitCode === 0 && error === undefined) return undefined;
        const output = Buffer.concat([...result.stdOut, ...result.stdErr]);
        const spoken = output.toString('utf8');
        const reason = error instanceof Error ? error.message : '';
        onFailure(result.exitCode, spoken.trim() === '' ? reason : spoken);
        return error ?? output;
      },
    };
  }
}
