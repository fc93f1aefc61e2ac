import { Browser, BrowserContextOptions } from 'playwright-core';
import { signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { OutgoingMessage, send } from './send';

/** Long, for a machine that is busy: how fast it is is measured, not waited for. */
const PATIENCE_MS = 20_000;
const WINDOW = { viewport: { width: 640, height: 560 } };

/** Those who watch: two browsers of one person, one of a colleague in another part of the group, one of somebody outside of it. */
export type Watchers = {
  /** Chloé Martin is in `docs`, a part of `engineering`. */
  light: NotificationsPage;
  /** Chloé Martin, too. */
  dark: NotificationsPage;
  /** Anna Petrova is in `platform`, another part of `engineering`. */
  colleague: NotificationsPage;
  /** Elena Rossi is in `checkout`, a part of `retail`. */
  outsider: NotificationsPage;
};

export const CAPTIONS: Record<keyof Watchers, string> = {
  light: 'Chloé, docs in engineering: one browser',
  dark: 'Chloé, docs in engineering: another browser',
  colleague: 'Anna, platform in engineering',
  outsider: 'Elena, checkout in retail',
};

const toEngineering = (round: number): OutgoingMessage => ({
  title: `All-hands on Friday, room ${round}`,
  message: 'All of **engineering**, whichever team.',
  origin: 'people',
  topic: 'events',
  targetGroups: ['default/engineering'],
});
const toRetail = (round: number): OutgoingMessage => ({
  title: `Till ${round} is replaced tonight`,
  message: 'All of **retail**.',
  origin: 'operations',
  topic: 'shops',
  targetGroups: ['default/retail'],
});

/** A moment of the recording, and how long it took until the last one who is meant saw it. */
export type Step = {
  name: 'waiting' | 'sent' | 'read' | 'other-group';
  /** From the call of the sender, or the click, to the browser that shows it last. */
  milliseconds: number;
};

/** Opens the four browsers. Whoever calls closes the contexts of the browser. */
export async function openWatchers(
  browser: Browser,
  portal: Portal,
): Promise<Watchers> {
  const sessions = {
    chloe: await portal.sessionOf('chloe.martin'),
    anna: await portal.sessionOf('anna.petrova'),
    elena: await portal.sessionOf('elena.rossi'),
  };
  const open = async (
    whose: keyof typeof sessions,
    options: BrowserContextOptions = {},
  ) => {
    const page = await signIn(
      browser,
      `${portal.url}/notifications`,
      { ...WINDOW, ...options },
      sessions[whose],
    );
    // The portal is being loaded now; its stream is the last of what it opens.
    await page.waitForResponse(/\/notifications\/stream/);
    const notifications = new NotificationsPage(page);
    await notifications.tab('Personal').waitFor();
    return notifications;
  };
  return {
    light: await open('chloe'),
    dark: await open('chloe', { colorScheme: 'dark' }),
    colleague: await open('anna'),
    outsider: await open('elena'),
  };
}

/**
 * A message to a group, seen by all who are in it and by nobody else; read in one browser, and so in the other; then one to another
 * group.
 *
 * @param round - counts from 1, in one portal
 * @param onStep - looks at what is to be seen then
 */
export async function record(
  portal: Portal,
  watchers: Watchers,
  round: number,
  onStep: (step: Step) => Promise<void>,
): Promise<void> {
  const { light, dark, colleague, outsider } = watchers;
  const engineers = [light, dark, colleague];
  const [all, tills] = [toEngineering(round), toRetail(round)];
  const measured = async (
    name: Step['name'],
    act: () => Promise<unknown>,
    ...seen: (() => Promise<unknown>)[]
  ) => {
    const start = performance.now();
    await Promise.all([act(), ...seen.map(one => one())]);
    const milliseconds = Math.round(performance.now() - start);
    // The numbers follow: what one browser has read, the others ask for.
    for (const page of [light, dark]) {
      await (name === 'sent' ? page.untilUnread(1) : page.untilNoneUnread());
    }
    await onStep({ name, milliseconds });
  };
  const shows = (title: string) => (page: NotificationsPage) => () =>
    page.message(title).waitFor({ timeout: PATIENCE_MS });

  await measured('waiting', async () => {});
  await measured(
    'sent',
    () => send(portal, all),
    ...engineers.map(shows(all.title)),
  );
  await measured(
    'read',
    () => light.markRead(all.title).click(),
    ...[light, dark].map(
      page => () =>
        page.markUnread(all.title).waitFor({ timeout: PATIENCE_MS }),
    ),
  );
  await measured(
    'other-group',
    () => send(portal, tills),
    shows(tills.title)(outsider),
  );
}
