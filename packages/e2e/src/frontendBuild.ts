import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { buildDirectory, repositoryRoot } from './repository';

const built = path.join(repositoryRoot, 'packages/app/dist/index.html');
const stamp = path.join(buildDirectory, 'frontend.sha256');

/** What the built frontend is made of. Configuration is not: the backend hands it to the page. */
const SOURCES = [
  'yarn.lock',
  'packages/app/package.json',
  'packages/app/public',
  'packages/app/src',
  'packages/api-contract/src',
  'packages/frontend/src',
];

function frontendPlugins(): string[] {
  return fs
    .readdirSync(path.join(repositoryRoot, 'plugins'))
    .filter(name => !/-(backend|node)(-|$)/.test(name))
    .flatMap(name => [`plugins/${name}/package.json`, `plugins/${name}/src`]);
}

function filesBelow(relative: string): string[] {
  const absolute = path.join(repositoryRoot, relative);
  if (!fs.existsSync(absolute)) return [];
  if (fs.statSync(absolute).isFile()) return [relative];
  return fs
    .readdirSync(absolute)
    .sort()
    .flatMap(name => filesBelow(path.join(relative, name)))
    .filter(file => !/\.test\.tsx?$/.test(file));
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of [...SOURCES, ...frontendPlugins()].flatMap(filesBelow)) {
    hash.update(file).update(fs.readFileSync(path.join(repositoryRoot, file)));
  }
  return hash.digest('hex');
}

/** Builds the frontend, unless what it is made of is what was built last. */
export function ensureFrontendBuild(): void {
  const wanted = fingerprint();
  const isCurrent =
    fs.existsSync(built) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent) return;

  fs.rmSync(stamp, { force: true });
  const { NODE_ENV: _, ...env } = process.env; // Jest's would build another bundle
  const build = spawnSync('yarn', ['workspace', 'app', 'build'], {
    cwd: repositoryRoot,
    env,
    encoding: 'utf8',
  });
  if (build.status !== 0) {
    throw new Error(
      `the frontend does not build:\n${build.stdout}\n${build.stderr}`,
    );
  }
  fs.mkdirSync(buildDirectory, { recursive: true });
  fs.writeFileSync(stamp, wanted);
}
