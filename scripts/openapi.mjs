// Writes openapi.yaml at the root (all plugins) and in each backend package (its own part) from the operations in the
// -common packages. With --check it writes nothing and fails where a committed file is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const TRANSFORM = '@backstage/cli/config/nodeTransform.cjs';

if (!process.execArgv.includes(TRANSFORM)) {
  // Once more, in a Node that reads TypeScript.
  const { status } = spawnSync(
    process.execPath,
    [
      '--require',
      TRANSFORM,
      fileURLToPath(import.meta.url),
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  process.exit(status ?? 1);
}

const { stringify } = require('yaml');
const { buildDocument } = await import('./openapi/buildDocument.mjs');
const { plugins } = await import('./openapi/plugins.mjs');

const files = [
  { file: 'openapi.yaml', document: buildDocument('Herald', plugins) },
  ...plugins.map(plugin => ({
    file: `${plugin.backend}/openapi.yaml`,
    document: buildDocument(plugin.title, [plugin]),
  })),
];

const check = process.argv.includes('--check');
for (const { file, document } of files) {
  const text = `# Made by \`yarn openapi\`; the source is operations.ts in the -common packages.\n${stringify(
    document,
    { aliasDuplicateObjects: false },
  )}`;
  const target = path.join(root, file);
  const isStale = !existsSync(target) || readFileSync(target, 'utf8') !== text;
  if (isStale && check) {
    process.stderr.write(`${file} is stale: run \`yarn openapi\`\n`);
    process.exitCode = 1;
  } else if (isStale) {
    writeFileSync(target, text);
    process.stdout.write(`wrote ${file}\n`);
  }
}
