// `integrity.txt`: a line for each archive, `<integrity>  <path>`, as sha512sum writes its own.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../toolchain.mjs';
import { integrityOf } from './archive.mjs';

export const INTEGRITY_FILE = 'integrity.txt';

export const integrityText = archives =>
  archives
    .map(({ integrity, path: file }) => `${integrity}  ${file}\n`)
    .join('');

/** What the file says: integrity by path. */
export function readIntegrityFile(out) {
  const file = path.join(out, INTEGRITY_FILE);
  if (!existsSync(file)) {
    throw new SetupError(
      `${file} is missing. Is this the folder of an export? Export again: yarn dynamic:export --out ${out}`,
    );
  }
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line, index) => {
      const [, integrity, archive] =
        /^(sha512-[A-Za-z0-9+/]+={0,2}) {2}(\S+\.tgz)$/.exec(line) ?? [];
      if (!archive) {
        throw new SetupError(
          `${file}, line ${
            index + 1
          }: must be an integrity, two blanks and an archive, not "${line}"`,
        );
      }
      return [archive, integrity];
    }),
  );
}

/** `herald-backstage-plugin-x-1.2.3.tgz` without the version: archives that differ in it alone are versions of one plugin. */
const unversioned = archive => archive.replace(/-\d+\.\d+\.\d+[^/]*\.tgz$/, '');

function archivesIn(out, folder) {
  const below = path.join(out, folder);
  return existsSync(below)
    ? readdirSync(below)
        .filter(file => file.endsWith('.tgz'))
        .map(file => path.posix.join(folder, file))
    : [];
}

/** What is wrong with the archives in a folder, in words that say what to do; nothing where all is well. */
export async function faultsOfIntegrity(out) {
  const listed = readIntegrityFile(out);
  const folders = new Set(
    [...listed.keys()].map(file => path.posix.dirname(file)),
  );
  const present = [...folders].flatMap(folder => archivesIn(out, folder));
  const faults = [];
  for (const [archive, integrity] of listed) {
    const other = present.find(
      file => file !== archive && unversioned(file) === unversioned(archive),
    );
    if (!present.includes(archive)) {
      faults.push(
        other
          ? `${archive} is missing, and ${other} is another version of it. Export again, or use the ${INTEGRITY_FILE} of that version.`
          : `${archive} is missing. Export again.`,
      );
    } else if ((await integrityOf(path.join(out, archive))) !== integrity) {
      faults.push(
        `${archive} is not the archive that ${INTEGRITY_FILE} names. Do not install it; export or fetch it again.`,
      );
    }
  }
  for (const archive of present.filter(file => !listed.has(file))) {
    const sibling = [...listed.keys()].some(
      file => unversioned(file) === unversioned(archive),
    );
    faults.push(
      sibling
        ? `${archive} is another version than the one of this export. Delete it; a portal that is given both would load one id twice.`
        : `${archive} is not in ${INTEGRITY_FILE}. Delete it, or keep it elsewhere.`,
    );
  }
  return faults;
}
