// Builds the docs site with what was published into it, in every language, with and without the flags of Docusaurus 4.
// `node scripts/herald.mjs prove-docs-site [a checkout of the docs repository] [--locale ar]… [--v4 true|false]`; without a
// checkout, the sample of examples/docs-site.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run, stopOnSignals } from './processes.mjs';
import { SetupError, root, say } from './toolchain.mjs';

const site = path.join(root, 'examples', 'docs-site');
const proof = path.join(root, '.build', 'docs-site');
const build = path.join(proof, 'build');
const MADE_HERE = new Set(['node_modules', 'build', '.docusaurus', 'sample']);
const CONTENT = ['docs', 'i18n', 'static'];
const RIGHT_TO_LEFT = new Set(['ar']);

function layOut(content) {
  mkdirSync(proof, { recursive: true });
  for (const name of readdirSync(proof)) {
    if (name !== 'node_modules') {
      rmSync(path.join(proof, name), { recursive: true, force: true });
    }
  }
  cpSync(site, proof, {
    recursive: true,
    filter: from => from === site || !MADE_HERE.has(path.basename(from)),
  });
  for (const part of CONTENT.map(name => path.join(content, name))) {
    if (existsSync(part)) {
      cpSync(part, path.join(proof, path.basename(part)), { recursive: true });
    }
  }
}

async function install(env) {
  const stamp = path.join(proof, 'node_modules', '.herald-lock');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(site, 'package.json')))
    .update(readFileSync(path.join(site, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await must('npm', ['ci', '--no-audit', '--no-fund'], { cwd: proof, env });
  writeFileSync(stamp, lock);
}

async function must(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) {
    throw new SetupError(`${command} ${args.join(' ')} ended with ${code}`);
  }
}

/** The folders and languages of the site's configuration, as its pages tell them to search engines. */
function alternatesOf() {
  const page = readFileSync(path.join(build, 'index.html'), 'utf8');
  const links = page.matchAll(
    /rel="?alternate"? href="?https?:\/\/[^/]+\/([\w-]*)\/? "?hreflang="?([\w-]+)/g,
  );
  return [...links].filter(([, , language]) => language !== 'x-default');
}

/**
 * A build is whole when each language has its pages, written in its direction. Docusaurus puts a single language at the top, whichever it is.
 */
function mustBeWhole(wanted) {
  const alternates = alternatesOf();
  const folders = new Set(
    alternates
      .map(([, folder]) => folder)
      .filter(each => wanted.length === 0 || wanted.includes(each || 'en')),
  );
  if (wanted.length === 1) folders.add('');
  for (const folder of folders) {
    const page = path.join(build, folder, 'index.html');
    if (!existsSync(page)) {
      throw new SetupError(`the build has no ${path.relative(proof, page)}`);
    }
    const [html] = /<html[^>]*>/.exec(readFileSync(page, 'utf8'));
    const [, language] = /lang="?([\w-]+)/.exec(html);
    if (/dir="?rtl/.test(html) !== RIGHT_TO_LEFT.has(language)) {
      throw new SetupError(`the direction is wrong: ${html}`);
    }
  }
  const expected = wanted.length || alternates.length;
  if (folders.size !== expected || expected === 0) {
    throw new SetupError(`${folders.size} of ${expected} languages were built`);
  }
  return expected;
}

async function buildSite(env, futureV4, locales) {
  const started = Date.now();
  await must(
    'npm',
    ['run', 'build', '--', ...locales.flatMap(each => ['--locale', each])],
    { cwd: proof, env: { ...env, DOCS_FUTURE_V4: String(futureV4) } },
  );
  const count = mustBeWhole(locales);
  say(
    `docs site, future.v4 ${futureV4 ? 'on' : 'off'}: ${count} languages in ${(
      (Date.now() - started) /
      1000
    ).toFixed(1)} s`,
  );
}

/** @returns the folder of the site that was built last */
export async function proveDocsSite(env, args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      locale: { type: 'string', multiple: true, default: [] },
      v4: { type: 'string' },
    },
  });
  stopOnSignals();
  layOut(path.resolve(positionals[0] ?? path.join(site, 'sample')));
  await install(env);
  for (const futureV4 of [false, true]) {
    if (values.v4 === undefined || values.v4 === String(futureV4)) {
      await buildSite(env, futureV4, values.locale);
    }
  }
  return build;
}
