// Does what docs/dynamic-plugins.md says, word for word: archives are exported, looked at, extracted below a portal, extracted again over
// what is there, and taken out. What it shows of a portal's own files is in the showcase, which prove-showcase runs.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Guide } from '../install/guide.mjs';
import { SetupError, root, say } from '../toolchain.mjs';
import { SAMPLE } from './exportArchives.mjs';
import { readIntegrityFile } from './integrityFile.mjs';
import { dynamicPlugins } from './plugins.mjs';

const showcase = path.join(root, 'packages', 'showcase');
const PAGE = path.join(root, 'docs', 'dynamic-plugins.md');

/** What the page shows, and where a portal that runs has it. */
const SHOWN = [
  ['feature-service', 'src/index.ts'],
  ['root-directory', 'app-config.yaml'],
  ['startup', 'app-config.yaml'],
];

function must(what, holds, found = '') {
  if (!holds) throw new SetupError(`${what}: does not hold\n${found}`);
  say(`${what}: as it should be`);
}

const manifestOf = folder =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/**
 * @param folder - an empty one, for the archives and the portal
 * @param paths - of the archives that there are, as integrity.txt has them
 * @param url - the address that the page exports with
 */
export async function proveDocumented({ env, folder, paths, url }) {
  const guide = new Guide(PAGE);
  const archives = path.join(folder, 'archives');
  const portal = path.join(folder, 'portal');
  const plugins = path.join(portal, 'dynamic-plugins-root');
  const follow = step =>
    guide.follow(step, {
      cwd: root,
      env: { ...env, ARCHIVES: archives, PORTAL: portal },
    });
  const namesIn = () =>
    readdirSync(plugins)
      .map(name => manifestOf(path.join(plugins, name)).name)
      .sort();
  const expected = dynamicPlugins().map(({ name }) => name);

  await follow('export');
  const exported = [...readIntegrityFile(archives).keys()].sort();
  must(
    'the documented command exports every archive',
    `${exported}` === `${paths}`,
    `${exported}`,
  );
  await follow('check');
  await follow('extract');
  must(
    'the documented commands extract every plugin',
    `${namesIn()}` === `${expected}`,
    `${namesIn()}`,
  );
  const [first] = readdirSync(plugins);
  const leftover = path.join(plugins, first, 'of-the-version-before');
  writeFileSync(leftover, '');
  await follow('extract');
  must(
    'extracted again, they take the place of what was there',
    !existsSync(leftover) && `${namesIn()}` === `${expected}`,
    `${namesIn()}`,
  );
  await follow('take-out');
  must('they are taken out again', readdirSync(plugins).length === 0);
  await follow('export-with-address');
  must(
    `${SAMPLE} has the address of the page`,
    readFileSync(path.join(archives, SAMPLE), 'utf8').includes(`${url}herald-`),
  );
  for (const [step, file] of SHOWN) {
    guide.mustBeShownIn(step, readFileSync(path.join(showcase, file), 'utf8'));
  }
  const unfollowed = guide.unfollowed();
  must(
    'all that the page says is done',
    unfollowed.length === 0,
    unfollowed.join('\n'),
  );
}
