// Archives as npm makes them: everything below `package/`, with the integrity that npm writes. The same content gives the same
// bytes, so that whoever exports twice can see that nothing has changed.
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';

/** What npm gives to every file, for the same reason. */
const MOMENT = new Date('1985-10-26T08:15:00.000Z');

/** `@herald/backstage-plugin-x`, `1.2.3` → `herald-backstage-plugin-x-1.2.3.tgz`, as `npm pack` names it. */
export function archiveName(name, version) {
  return `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
}

function* filesBelow(folder, leaveOut, below = '') {
  const entries = readdirSync(path.join(folder, below), {
    withFileTypes: true,
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.posix.join(below, entry.name);
    if (leaveOut(file, entry)) continue;
    if (entry.isDirectory()) yield* filesBelow(folder, leaveOut, file);
    else if (entry.isFile()) yield file;
  }
}

/** The integrity of a file, as in a lock file: `sha512-<base64>`. */
export async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * Packs a folder. Links are left out, as npm leaves them out.
 *
 * @param leaveOut - told of each file and folder; true for what must not be in it
 */
export async function pack(folder, file, leaveOut = () => false) {
  rmSync(file, { force: true });
  await create(
    {
      file,
      cwd: folder,
      prefix: 'package',
      gzip: { level: 9 },
      portable: true,
      mtime: MOMENT,
      noDirRecurse: true,
    },
    [...filesBelow(folder, leaveOut)],
  );
  return { integrity: await integrityOf(file), bytes: statSync(file).size };
}
