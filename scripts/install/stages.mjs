// What a portal must show at each stage of docs/install.md.
import { setTimeout as delay } from 'node:timers/promises';
import { isStyled, keepPicture, messageOn, visit } from './visit.mjs';

const PATIENCE_MS = 60_000;
const PUBLICATION = {
  notion_page_id: '43ec27b9-5b9b-464b-8d93-1f9d3c728385',
  selected_solution: 'ZCP',
  target_languages: ['ko'],
};

export const BEFORE = 'From before Herald';
const OF_THE_TEAM = 'From the team';
const RECENT = 'Publications of manuals';
const OF_JANUS = 'From the Janus plugin';
const SENT = 'Herald is here';
const switchName = { name: 'Portal: messages from platform' };

/** What that plugin left: its tables with the columns that it reads and writes, and one message for the guest. */
export const JANUS_TABLES = `
  CREATE TABLE messages (id uuid PRIMARY KEY, origin text, created text, title text, message text, topic text, is_system boolean);
  CREATE TABLE users (message_id uuid, "user" text, "read" boolean);
  CREATE TABLE groups (message_id uuid, "group" text);
  CREATE TABLE actions (id uuid, message_id uuid, url text, title text);
  INSERT INTO messages VALUES
    ('b1f0a1c4-7d57-4d11-9a54-2a5ab7b5d0f1', 'janus', '2024-05-01T10:00:00.000Z', '${OF_JANUS}', NULL, NULL, false);
  INSERT INTO users VALUES ('b1f0a1c4-7d57-4d11-9a54-2a5ab7b5d0f1', 'default/guest', false);
`;

function must(what, holds, saw = '') {
  if (!holds) throw new Error(`${what} does not hold. ${saw}`);
}

async function until(what, holds) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await holds()) return;
    await delay(250);
  }
  throw new Error(`${what} did not come`);
}

async function ask(url, options, expected = 200) {
  const response = await fetch(url, options);
  const text = await response.text();
  must(
    `${expected} of ${url}`,
    response.status === expected,
    `${response.status} ${text}`,
  );
  return text ? JSON.parse(text) : undefined;
}

const titlesOf = async (urls, headers) =>
  (
    await ask(`${urls.backend}/api/notifications/notifications`, { headers })
  ).map(({ title }) => title);

const post = (headers, body) => ({
  method: 'POST',
  headers,
  body: JSON.stringify(body),
});

/** Backstage's own plugin: only other plugins may send there, and holders of a token. */
export async function storeBeforeHerald({ urls, token }) {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
  };
  const [stored] = await ask(
    `${urls.backend}/api/notifications/notifications`,
    post(headers, {
      recipients: { type: 'entity', entityRef: 'user:default/guest' },
      payload: { title: BEFORE, link: '/catalog' },
    }),
  );
  must('a message of the plugin that was there before', stored?.id);
}

async function lookAtPreferences(page, url) {
  await page.goto(`${url}/notifications?tab=settings`);
  await page.getByRole('switch', switchName).press('Space');
  await page.getByRole('switch', { ...switchName, checked: false }).waitFor();
  await until('a preference that is kept', async () => {
    await page.reload();
    const found = page.getByRole('switch', switchName);
    await found.waitFor();
    return !(await found.isChecked());
  });
  await page.getByRole('switch', switchName).press('Space');
  await page.getByRole('switch', { ...switchName, checked: true }).waitFor();
}

async function refusesTheGuest({ urls, headers }) {
  const message = { title: 'For all', origin: 'guest' };
  await ask(
    `${urls.backend}/api/notifications/notifications`,
    post(headers, message),
    403,
  );
  await ask(
    `${urls.backend}/api/notifications/imports`,
    post(headers, { source: 'upstream', dryRun: true }),
    403,
  );
  await ask(
    `${urls.backend}/api/manual-publish/publish`,
    post(headers, PUBLICATION),
    403,
  );
  await ask(
    `${urls.backend}/api/notifications/notifications`,
    post(
      { 'Content-Type': 'application/json', 'notifications-secret': 'wrong' },
      message,
    ),
    401,
  );
}

/** The page brings the configuration that browsers may see, and no more of it. */
async function keepsSecrets(urls, secrets) {
  const html = await (await fetch(urls.app)).text();
  must('the configuration in the page', html.includes('backstage.io/config'));
  for (const secret of secrets) {
    must('a secret that stays in the backend', !html.includes(secret));
  }
}

async function lookAtNotifications(page, portal) {
  const { urls, headers } = portal;
  await page.getByRole('tab', { name: /^Updates/ }).waitFor();
  await portal.send();
  await messageOn(page, SENT).waitFor();
  portal.onFirstMessage();
  await page
    .getByRole('link', { name: /^Notifications.*\d/ })
    .first()
    .waitFor();
  must('the stylesheet', await isStyled(page));
  must(
    'no way to send for who may not',
    (await page.getByRole('button', { name: /^Send/ }).count()) === 0,
  );
  await keepPicture(page, 'install-notifications');

  await portal.importUpstream();
  await until('what was moved over', async () =>
    (await titlesOf(urls, headers)).includes(BEFORE),
  );
  await portal.progress();
  await portal.importJanus();
  await until('what was moved over from Janus', async () =>
    (await titlesOf(urls, headers)).includes(OF_JANUS),
  );
  await page.goto(`${urls.app}/notifications`);
  await messageOn(page, BEFORE).waitFor();
  await lookAtPreferences(page, urls.app);
}

async function lookAtOtherPages(page, { urls }) {
  await page.goto(`${urls.app}/manual-publish`);
  await page.getByRole('treegrid', { name: 'Pages of ZCP' }).waitFor();
  await keepPicture(page, 'install-manuals');

  await page.goto(`${urls.app}/inbox`);
  await messageOn(page, BEFORE).waitFor();
  await page.getByRole('heading', { name: RECENT }).waitFor();
  await keepPicture(page, 'install-components');
}

/** With the guest, who is not of the platform team. */
export async function lookAtHerald(portal) {
  await refusesTheGuest(portal);
  await keepsSecrets(portal.urls, portal.secrets);
  const page = `${portal.urls.app}/notifications?tab=updates`;
  await visit(portal.browser, page, async visited => {
    await lookAtNotifications(visited, portal);
    await lookAtOtherPages(visited, portal);
  });
}

async function publishes(page, { urls, headers }) {
  const { job_id: id } = await ask(
    `${urls.backend}/api/manual-publish/publish`,
    post(headers, PUBLICATION),
    202,
  );
  await page.goto(`${urls.app}/manual-publish/jobs/${id}`);
  await until('a publication that is done', async () => {
    const job = await ask(`${urls.backend}/api/manual-publish/jobs/${id}`, {
      headers,
    });
    must('a publication', job.status !== 'FAILED', JSON.stringify(job.failure));
    return job.status === 'COMPLETED';
  });
  await page.getByText('Published', { exact: true }).first().waitFor();
  await keepPicture(page, 'install-legacy-manuals');
}

/** With the guest as one of the platform team, in an app on the old frontend system. */
export async function lookAtLegacy(portal) {
  const { browser, urls, headers } = portal;
  await visit(browser, `${urls.app}/notifications`, async page => {
    await messageOn(page, BEFORE).waitFor();
    await ask(
      `${urls.backend}/api/notifications/notifications`,
      post(headers, {
        title: OF_THE_TEAM,
        origin: 'platform',
        targetUsers: ['default/guest'],
      }),
    );
    await messageOn(page, OF_THE_TEAM).waitFor();
    must('the stylesheet', await isStyled(page));
    await keepPicture(page, 'install-legacy');
    await publishes(page, portal);
  });
}

/** The plugin that was there before is there again, and so is what it had. */
export async function lookWithoutHerald({ browser, urls, headers }) {
  const { notifications } = await ask(
    `${urls.backend}/api/notifications/notifications`,
    { headers },
  );
  must(
    'what was stored before Herald',
    notifications.some(({ payload }) => payload.title === BEFORE),
  );
  await ask(`${urls.backend}/api/manual-publish/sidebar`, { headers }, 404);
  await visit(browser, `${urls.app}/notifications`, async page => {
    await page.getByText(BEFORE).first().waitFor();
  });
}
