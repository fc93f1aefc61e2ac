// Sets up Node, Yarn and the dependencies. Runs on any Node >= 20 that has npm beside it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.18.1';
const SUPPORTED_NODE_MAJORS = [22, 24];
const NEEDED_FREE_BYTES = 4 * 1024 ** 3;

const toolchainDir = path.join(root, '.toolchain');
const installStamp = path.join(root, 'node_modules', '.herald-install');

/** An error whose message is all that a person needs; printed without a stack. */
export class SetupError extends Error {}

// To standard error: what a command answers (a URL, figures, JSON) goes to standard output, where a program can read it.
export function say(message) {
  process.stderr.write(`[herald] ${message}\n`);
}

function npm(args, cwd = root) {
  const result = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (result.error) {
    throw new SetupError(
      `npm is needed and could not be run: ${result.error.message}`,
    );
  }
  if (result.status !== 0) {
    const reason = result.stderr.trim().split('\n').slice(-6).join('\n');
    throw new SetupError(
      `npm ${args[0]} failed. Is the npm registry within reach?\n${reason}`,
    );
  }
  return result.stdout;
}

/** Downloads a package from the npm registry, checks it against the integrity that npm reports, unpacks it. */
function fetchPackage(name, version, target) {
  const spec = `${name}@${version}`;
  say(`fetching ${spec}`);
  const reported = JSON.parse(npm(['view', spec, 'dist.integrity', '--json']));
  const integrity =
    typeof reported === 'string' ? reported : reported['dist.integrity'];
  const download = `${target}.download`;
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  npm(['pack', spec, '--silent', '--pack-destination', download]);
  const archive = path.join(
    download,
    readdirSync(download).find(file => file.endsWith('.tgz')),
  );
  const [algorithm, expected] = integrity.split('-', 2);
  const actual = createHash(algorithm)
    .update(readFileSync(archive))
    .digest('base64');
  if (actual !== expected) {
    rmSync(download, { recursive: true, force: true });
    throw new SetupError(
      `${spec}: the download does not match the integrity that npm reports; nothing was installed`,
    );
  }
  const unpacked = spawnSync('tar', ['xzf', archive, '-C', download], {
    encoding: 'utf8',
  });
  if (unpacked.status !== 0) {
    throw new SetupError(`${spec} could not be unpacked: ${unpacked.stderr}`);
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(path.join(download, 'package'), target);
  rmSync(download, { recursive: true, force: true });
}

function ownNodeServes() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return SUPPORTED_NODE_MAJORS.includes(major) && (major > 22 || minor >= 12);
}

function ensureNode() {
  if (ownNodeServes()) {
    return path.dirname(process.execPath);
  }
  const target = path.join(toolchainDir, `node-${NODE_VERSION}`);
  const binary = path.join(target, 'bin', 'node');
  if (!existsSync(binary)) {
    say(
      `Node ${process.versions.node} is not one that Backstage 1.55 supports (22 or 24)`,
    );
    mkdirSync(toolchainDir, { recursive: true });
    fetchPackage(
      `node-${process.platform}-${process.arch}`,
      NODE_VERSION,
      target,
    );
    chmodSync(binary, 0o755);
  }
  return path.join(target, 'bin');
}

function ensureYarn(nodeBin) {
  const target = path.join(toolchainDir, `yarn-${YARN_VERSION}`);
  const yarnJs = path.join(target, 'bin', 'yarn.js');
  if (!existsSync(yarnJs)) {
    mkdirSync(toolchainDir, { recursive: true });
    fetchPackage('@yarnpkg/cli-dist', YARN_VERSION, target);
  }
  const shim = path.join(toolchainDir, 'bin', 'yarn');
  const script = `#!/bin/sh\nexec "${path.join(
    nodeBin,
    'node',
  )}" "${yarnJs}" "$@"\n`;
  if (!existsSync(shim) || readFileSync(shim, 'utf8') !== script) {
    mkdirSync(path.dirname(shim), { recursive: true });
    writeFileSync(shim, script);
    chmodSync(shim, 0o755);
  }
  return path.dirname(shim);
}

function workspaceManifests() {
  const manifests = [path.join(root, 'package.json')];
  for (const parent of ['packages', 'plugins']) {
    for (const name of readdirSync(path.join(root, parent)).sort()) {
      const manifest = path.join(root, parent, name, 'package.json');
      if (existsSync(manifest)) manifests.push(manifest);
    }
  }
  return manifests;
}

function installFingerprint() {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of [
    ...workspaceManifests(),
    path.join(root, '.yarnrc.yml'),
    path.join(root, 'yarn.lock'),
  ]) {
    hash
      .update(file.slice(root.length))
      .update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

function ensureInstalled(env) {
  const installed =
    existsSync(installStamp) && readFileSync(installStamp, 'utf8');
  if (installed === installFingerprint()) {
    return;
  }
  const disk = statfsSync(root);
  if (!installed && disk.bavail * disk.bsize < NEEDED_FREE_BYTES) {
    throw new SetupError(
      `installing needs about 4 GiB of free disk, ${(
        (disk.bavail * disk.bsize) /
        1024 ** 3
      ).toFixed(1)} GiB are left`,
    );
  }
  say('installing the dependencies (about two minutes the first time)');
  const result = spawnSync(
    'yarn',
    ['install', ...(process.env.CI ? ['--immutable'] : [])],
    {
      cwd: root,
      env,
      stdio: ['inherit', process.stderr, 'inherit'],
    },
  );
  if (result.status !== 0) {
    throw new SetupError(
      'yarn install failed; its own words are above. Is the npm registry within reach?',
    );
  }
  writeFileSync(installStamp, installFingerprint());
}

/**
 * Sets up all that is missing and returns the environment in which the repository's tools run.
 * Does nothing the second time.
 */
export function ensureToolchain() {
  const nodeBin = ensureNode();
  const yarnBin = ensureYarn(nodeBin);
  const env = {
    ...process.env,
    PATH: [
      yarnBin,
      path.join(root, 'node_modules', '.bin'),
      nodeBin,
      process.env.PATH,
    ].join(path.delimiter),
    YARN_NPM_REGISTRY_SERVER:
      process.env.YARN_NPM_REGISTRY_SERVER ??
      npm(['config', 'get', 'registry']).trim().replace(/\/+$/, ''),
  };
  // npm passes its own settings on; they would point native builds at another Node's headers.
  delete env.npm_config_nodedir;
  ensureInstalled(env);
  return env;
}
