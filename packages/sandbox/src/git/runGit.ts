import { execFile } from 'node:child_process';

/**
 * What git is run with here: nothing of the person's own configuration, no prompt, no programs that stay behind.
 */
export const gitEnvironment: Readonly<NodeJS.ProcessEnv> = {
  PATH: process.env.PATH,
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git in a repository and answers what it wrote. Fails with git's own words. */
export function runGit(
  directory: string,
  args: readonly string[],
  input?: Buffer,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const git = execFile(
      'git',
      args,
      {
        cwd: directory,
        env: gitEnvironment,
        encoding: 'buffer',
        maxBuffer: 512 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error) {
          reject(
            new Error(`git ${args[0]} failed: ${stderr.toString().trim()}`),
          );
        } else {
          resolve(stdout);
        }
      },
    );
    // git may end before it has read all of its input; its exit code tells why.
    git.stdin?.on('error', () => {});
    git.stdin?.end(input);
  });
}
