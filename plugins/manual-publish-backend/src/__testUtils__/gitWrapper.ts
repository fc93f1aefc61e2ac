import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A `git` that stands before the real one in the `PATH` of this process, and does some of its commands otherwise. A portal that is
 * started while it is there uses it for good.
 */
export async function gitWrapper() {
  const directory = await mkdtemp(path.join(tmpdir(), 'herald-programs-'));
  const rules = path.join(directory, 'rules.sh');
  const before = process.env.PATH;
  await writeFile(rules, '');
  await writeFile(
    path.join(directory, 'git'),
    `#!/bin/sh\n. '${rules}'\nPATH=\${PATH#*:} exec git "$@"\n`,
  );
  await chmod(path.join(directory, 'git'), 0o755);
  process.env.PATH = `${directory}${path.delimiter}${before}`;
  return {
    /** Does this, in the language of the shell, in place of a command of git or before it. */
    async on(command: string, action: string): Promise<void> {
      await writeFile(
        rules,
        `case " $* " in *" ${command} "*) ${action} ;; esac\n`,
      );
    },
    async mend(): Promise<void> {
      await writeFile(rules, '');
    },
    async remove(): Promise<void> {
      process.env.PATH = before;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
