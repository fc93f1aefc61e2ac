// What people have and have set is there after archives of a higher version were extracted over a portal, whatever its database.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { integrityOf } from '../../dynamic/archive.mjs';
import { publish, solutionsOf } from '../../publishing.mjs';
import { must } from './must.mjs';
import { call, send } from './person.mjs';

const RULES = [{ channel: 'web', origin: 'noise', enabled: false }];

/** The same archives under a higher version. */
export async function publishedAnew(archives, version, folder) {
  mkdirSync(folder, { recursive: true });
  const made = [];
  for (const archive of archives) {
    const unpacked = path.join(folder, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['xzf', archive.file, '-C', unpacked]);
    const manifest = path.join(unpacked, 'package', 'package.json');
    const written = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...written, version }));
    const file = path.join(folder, path.basename(archive.file));
    execFileSync('tar', ['czf', file, '-C', unpacked, 'package']);
    rmSync(unpacked, { recursive: true });
    made.push({
      ...archive,
      version,
      file,
      integrity: await integrityOf(file),
    });
  }
  return made;
}

/** Leaves things with the guest that have to outlive an upgrade. */
export async function leaveTraces(portal, marker) {
  const [read, unread] = [
    await send(portal, `${marker}, read`),
    await send(portal, `${marker}, unread`),
  ];
  const marked = await call(
    portal,
    'PUT',
    `notifications/notifications/read?messageId=${read}&read=true`,
  );
  const set = await call(portal, 'PUT', 'notifications/preferences', {
    rules: RULES,
  });
  must(
    `${marker}: sent, marked and set`,
    marked.status === 200 && set.status === 200,
    JSON.stringify([marked, set]),
  );
  const [solution] = await solutionsOf(portal.url);
  const job = await publish(portal.url, solution, ['ko']);
  must(
    `${marker}: a manual is published`,
    job.status === 'COMPLETED',
    JSON.stringify(job),
  );
  return { read, unread, job };
}

export async function proveTraces(portal, marker, { read, unread, job }) {
  const { body: messages } = await call(
    portal,
    'GET',
    'notifications/notifications',
  );
  const stateOf = id => messages.find(each => each.id === id)?.readByUser;
  must(
    `${marker}: the messages are there, and which of them was read`,
    stateOf(read) === true && stateOf(unread) === false,
    JSON.stringify(messages),
  );
  const { body: preferences } = await call(
    portal,
    'GET',
    'notifications/preferences',
  );
  must(
    `${marker}: the preferences are there`,
    JSON.stringify(preferences.rules) === JSON.stringify(RULES),
    JSON.stringify(preferences),
  );
  const { body: found } = await call(
    portal,
    'GET',
    `manual-publish/jobs/${job.id}`,
  );
  must(
    `${marker}: the job is there, as it ended`,
    isDeepStrictEqual(found, job),
    JSON.stringify([found, job]),
  );
}
