// Extracts archives as a careful platform team does: nothing is touched until the archive is known to be the one that was meant.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { integrityOf } from '../dynamic/archive.mjs';
import { SetupError } from '../toolchain.mjs';

/** The folder of a package, whatever its version: so a newer archive takes the place of the older one. */
export const folderOf = name => name.replace(/^@/, '').replace('/', '-');

function manifestIn(folder, file) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  } catch {
    throw new SetupError(
      `${path.basename(file)} holds no package. Fetch or export it again.`,
    );
  }
}

/** By the command, as the twenty thousand small files of a backend take it a tenth of the time of a library. */
function unpack(file, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { error, status, stderr } = spawnSync(
    'tar',
    ['xzf', file, '-C', folder, '--strip-components=1'],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  if (status !== 0) {
    throw new SetupError(
      `${path.basename(file)} cannot be unpacked (${stderr
        .trim()
        .split('\n')
        .pop()}). Fetch or export it again.`,
    );
  }
}

/**
 * Extracts one archive, in the place of an earlier version.
 *
 * @param archive - `file`, and what it must be: `name`, `version`, `integrity`
 * @throws SetupError that names the archive and says what to do; what was there before is there still
 */
export async function extractArchive({ file, name, version, integrity }, to) {
  if (!existsSync(file)) {
    throw new SetupError(`${file} does not exist. Fetch or export it again.`);
  }
  const actual = await integrityOf(file);
  if (actual !== integrity) {
    throw new SetupError(
      `${path.basename(
        file,
      )} is not the archive that was meant: its integrity is ${actual}, and ${integrity} was expected. Fetch it again, or correct the integrity if the archive was exported anew.`,
    );
  }
  const target = path.join(to, folderOf(name));
  const fresh = path.join(to, `.new-${folderOf(name)}`);
  const old = path.join(to, `.old-${folderOf(name)}`);
  try {
    unpack(file, fresh);
    const held = manifestIn(fresh, file);
    if (held.name !== name || held.version !== version) {
      throw new SetupError(
        `${path.basename(file)} holds ${held.name} ${
          held.version
        }, and ${name} ${version} was asked for. Take the archive of that version, or ask for the one that it holds.`,
      );
    }
    rmSync(old, { recursive: true, force: true });
    if (existsSync(target)) renameSync(target, old);
    try {
      renameSync(fresh, target);
    } catch (error) {
      if (existsSync(old)) renameSync(old, target);
      throw error;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
