import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Exporter } from './Exporter';

/** docu-notion as its command line: it knows no other address than Notion's own, so its requests are sent on to the sandbox. */
export const docuNotion: Exporter = {
  name: 'docu-notion 0.16.2',
  async export(notion, rootId) {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'herald-bench-'));
    try {
      await runDocuNotion(directory, notion, rootId);
      const names = await readdir(directory, { recursive: true });
      const texts = await Promise.all(
        names
          .filter(name => name.endsWith('.md'))
          .map(name => readFile(path.join(directory, name), 'utf8')),
      );
      return { texts };
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function runDocuNotion(
  directory: string,
  notion: { url: string; token: string },
  rootId: string,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      '--require',
      resolvePackagePath('@herald/bench', 'src/publish/sendToSandbox.ts'),
      require.resolve('@sillsdev/docu-notion/dist/index.js'),
      ...['--notion-token', notion.token],
      ...['--root-page', rootId],
      ...['--markdown-output-path', path.join(directory, 'docs')],
      ...['--css-output-directory', path.join(directory, 'css')],
      ...['--status-tag', '*'],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HERALD_BENCH_NOTION: notion.url },
    },
  );
  const [[code], ...output] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code !== 0) {
    throw new Error(
      `docu-notion ended with ${code}: ${output.join('\n').slice(-2_000)}`,
    );
  }
}
