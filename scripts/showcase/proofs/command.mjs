// `yarn showcase` as a person types it: with options it ends with one URL, shows what was asked for and nothing else, and Ctrl-C leaves
// nothing behind; mistakes are answered before anything is made.
import path from 'node:path';
import { firstUrl } from '../../firstUrl.mjs';
import { freePort, isPortFree } from '../../ports.mjs';
import { startGroup, stopGroup } from '../../processes.mjs';
import { must } from './must.mjs';
import { call, send } from './person.mjs';

/** What is not a mistake would run on. */
const ANSWERED_WITHIN_MS = 30_000;

const MISTAKES = [
  [['--only', 'nothing'], {}, /there is no plugin nothing; there are .*notif/],
  [['--nothing'], {}, /usage: yarn showcase/],
  [[], { HERALD_SHOWCASE_PORT: 'x' }, /must be a port number, not "x"/],
];

async function refuses(env, [args, variables, words]) {
  const child = startGroup('yarn', ['showcase', ...args], {
    env: { ...env, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  const tooLong = setTimeout(() => stopGroup(child), ANSWERED_WITHIN_MS);
  const code = await new Promise(resolve => child.on('close', resolve));
  clearTimeout(tooLong);
  must(
    `\`yarn showcase ${args.join(' ')}\` is answered: ${words.source}`,
    code === 1 && words.test(said),
    said,
  );
}

export async function proveCommand(env, folder) {
  for (const mistake of MISTAKES) await refuses(env, mistake);
  const port = await freePort();
  const child = startGroup(
    'yarn',
    ['showcase', '--only', 'notifications', '--postgres'],
    {
      env: {
        ...env,
        HERALD_SHOWCASE_PORT: String(port),
        HERALD_DATA_DIR: path.join(folder, 'command'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const portal = { url: await firstUrl(child) };
  must('the URL', portal.url === `http://localhost:${port}`, portal.url);
  const page = await fetch(`${portal.url}/notifications`);
  must('its page', page.ok && (await page.text()).includes('id="root"'));
  await send(portal, 'Asked for alone');
  const { body } = await call(portal, 'GET', 'notifications/notifications');
  must(
    'with --postgres and --only, notifications are there',
    body.some(({ title }) => title === 'Asked for alone'),
  );
  const { status } = await call(portal, 'GET', 'manual-publish/sidebar');
  must('and manuals are not', status === 404, String(status));
  const ended = new Promise(resolve => child.on('exit', resolve));
  process.kill(-child.pid, 'SIGINT'); // what a terminal does
  await ended;
  must('Ctrl-C leaves nothing behind', await isPortFree(port));
}
