import { Browser, Page } from 'playwright-core';
import { graveAccessibilityProblems } from './accessibility';
import { keepScreenshot, openBrowser, signIn } from './browser';
import { BURST } from './exampleMessages';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { OutgoingMessage, send } from './send';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

const message = (title: string, over = {}): OutgoingMessage => ({
  title,
  message: 'Some **text**',
  origin: 'ci',
  topic: 'builds',
  targetUsers: ['default/guest'],
  ...over,
});

describe('what the notifications page can do', () => {
  let browser: Browser;
  let portal: Portal;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    // The guest may send and administer.
    portal = await Portal.start({
      APP_CONFIG_herald_policy_senders: JSON.stringify('group:default/docs'),
    });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await portal?.stop();
  });

  async function open(search = '', options = {}): Promise<NotificationsPage> {
    const url = `${portal.url}/notifications${search}`;
    return new NotificationsPage(await signIn(browser, url, options));
  }

  it('archives, undoes, and keeps an archive over a reload', async () => {
    await send(portal, message('First'));
    await send(portal, message('Second'));
    const page = await open();
    await page.archive('Second').click();
    await page.untilGone('Second');
    await page.page.getByRole('button', { name: 'Undo' }).click();
    await page.untilShown('Second');
    await page.markRead('Second').waitFor();

    await page.archive('First').click();
    await page.untilGone('First');
    await page.untilUnread(1);
    await page.page.reload();
    await page.untilShown('Second');
    expect(await page.message('First').count()).toBe(0);
    await page.showArchived();
    await page.untilShown('First');
    await page.unarchive('First').click();
    await page.untilGone('First');
    await page.showAll();
    await page.untilShown('First', 'Second');
  });

  it('keeps what is saved in a place of its own', async () => {
    await send(portal, message('Keep me'));
    await send(portal, message('And me', { targetUsers: undefined }));
    await send(portal, message('Not me'));
    const page = await open();
    await page.save('Keep me').click();
    await page.tab('Updates').click();
    await page.save('And me').click();
    await page.tab('Saved').click();
    await page.untilShown('Keep me', 'And me');
    await page.page.reload();
    await page.untilShown('Keep me', 'And me');
    expect(await page.message('Not me').count()).toBe(0);
  });

  it('mutes an origin, and shows it again', async () => {
    await send(portal, message('Noise', { origin: 'noise' }));
    await send(portal, message('Signal', { origin: 'signal' }));
    const page = await open('?tab=settings');
    const noise = page.page
      .getByRole('region', { name: 'What you are told of' })
      .getByRole('switch', { name: 'Portal: messages from noise' });
    const saved = page.page.getByRole('status').getByText('Saved');
    await noise.press('Space');
    await saved.waitFor();
    await page.untilUnread(1);
    await page.tab('Personal').click();
    await page.untilShown('Signal');
    expect(await page.message('Noise').count()).toBe(0);

    await page.tab('Settings').click();
    await noise.press('Space');
    await saved.waitFor();
    await page.tab('Personal').click();
    await page.untilShown('Noise', 'Signal');
  });

  it('lets an administrator make an origin mandatory', async () => {
    await send(portal, message('Alarm', { origin: 'security' }));
    const page = await open('?tab=settings');
    await page.page
      .getByRole('switch', { name: 'Required: nobody can switch security off' })
      .press('Space');
    await page.page.getByRole('status').getByText('Saved').waitFor();
    await page.page.reload();
    await page.page.getByText('Required: cannot be switched off').waitFor();
    const own = page.page
      .getByRole('region', { name: 'What you are told of' })
      .getByRole('switch', { name: 'Portal: messages from security' });
    expect(await own.isDisabled()).toBe(true);
  });

  it('opens a message by its link, archived as it is, and says when there is none', async () => {
    const id = await send(portal, message('Linked'));
    await send(portal, message('Another'));
    const page = await open();
    await page.archive('Linked').click();
    await page.untilGone('Linked');

    await page.page.goto(`${portal.url}/notifications?id=${id}`);
    await page.linked.getByRole('heading', { name: 'Linked' }).waitFor();
    await page.linked.getByText('Archived').waitFor();
    await page.untilShown('Another');

    await page.page.goto(
      `${portal.url}/notifications?id=0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11`,
    );
    await page.linked.getByText('There is no such message').waitFor();
  });

  it('marks all as read, beyond what is shown, once that is confirmed', async () => {
    for (let number = 1; number <= 30; number += 1) {
      await send(portal, message(`Message ${number}`, { topic: `t${number}` }));
    }
    const page = await open();
    await page.untilShown('Message 30');
    await page.page.getByRole('button', { name: 'Mark all as read' }).click();
    const dialog = page.page.getByRole('dialog');
    await dialog.getByText('Mark 30 messages as read?').waitFor();
    await dialog.getByRole('button', { name: 'Mark as read' }).click();
    await page.page.getByText(/^All of them are read/).waitFor();
    await page.page.reload();
    await page.markUnread('Message 30').waitFor();
    await page.showUnread();
    await page.page.getByRole('heading', { name: 'All read' }).waitFor();
  });

  it('folds a burst', async () => {
    for (const one of BURST) await send(portal, one);
    const page = await open();
    await page.page
      .getByRole('heading', { name: '12 messages from ci' })
      .waitFor();
    await page.page.getByRole('button', { name: 'Show them' }).click();
    await page.page.getByRole('heading', { name: BURST[0].title }).waitFor();
  });

  async function writeTo(page: Page, name: string): Promise<void> {
    const recipients = page.getByRole('combobox', { name: 'Recipients' });
    await recipients.fill(name);
    await page
      .getByRole('option', { name: new RegExp(name, 'i') })
      .first()
      .click();
    await page.getByRole('textbox', { name: /^Title/ }).fill('From the form');
    await page
      .getByRole('textbox', { name: 'Message', exact: true })
      .fill('It **works**');
    await page.getByRole('textbox', { name: 'Origin' }).fill('guest');
  }

  it('sends from the form, and opens what was sent', async () => {
    const page = await open();
    await page.page.getByRole('link', { name: 'Send a message' }).click();
    await writeTo(page.page, 'guest');
    await page.page
      .getByRole('region', { name: 'Preview' })
      .getByText('works')
      .waitFor();
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.page.getByRole('heading', { name: 'Sent' }).waitFor();
    await page.page.getByRole('button', { name: 'Open it' }).click();
    await page.linked.getByRole('heading', { name: 'From the form' }).waitFor();
  });

  it('says what is wrong with a message before it is sent', async () => {
    const page = await open('?tab=send');
    await page.page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.page.getByText('Choose somebody, or everybody.').waitFor();
    expect(await page.page.getByText('Must not be empty.').count()).toBe(2);
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility problem in its places in the %s theme',
    async colorScheme => {
      const id = await send(
        portal,
        message('All of it', {
          severity: 'critical',
          type: 'error',
          link: '/catalog',
          solution: 'ZCP',
          message: '# A\n\n- [x] b\n\n|c|d|\n|-|-|\n|e|f|\n\n`g` [h](/catalog)',
        }),
      );
      await send(
        portal,
        message('High', { severity: 'high', type: 'success' }),
      );
      for (const one of BURST) await send(portal, one);
      for (const search of [
        '',
        `?id=${id}`,
        '?tab=saved',
        '?view=archived',
        '?tab=settings',
        '?tab=send',
      ]) {
        const { page } = await open(search, { colorScheme });
        await page.getByRole('main').getByRole('heading').first().waitFor();
        if (search === '?tab=send') {
          await page.getByRole('button', { name: 'Send', exact: true }).click();
          await page.getByText('Must not be empty.').first().waitFor();
        }
        const problems = await graveAccessibilityProblems(page);
        expect({ search, problems }).toEqual({ search, problems: [] });
        await page.context().close();
      }
    },
  );

  it('speaks German from its title on', async () => {
    const { page } = await open();
    // Whoever reloads before they are signed in is asked to sign in again.
    await page.getByRole('tab', { name: 'Personal' }).waitFor();
    await page.evaluate(() => localStorage.setItem('language', 'de'));
    await page.reload();
    await page.getByRole('tab', { name: 'Persönlich' }).waitFor();
    await page
      .getByRole('heading', { level: 1, name: 'Mitteilungen' })
      .waitFor();
  });

  it('needs no more width than 320 pixels', async () => {
    await send(
      portal,
      message('A title with averyveryverylongwordthatdoesnotfitintoanything', {
        severity: 'high',
        origin: 'an-origin-with-a-name-that-is-long-enough-to-break',
      }),
    );
    for (const search of ['', '?tab=settings', '?tab=send']) {
      const { page } = await open(search, {
        viewport: { width: 320, height: 800 },
      });
      await page.getByRole('main').getByRole('heading').first().waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect({ search, overflow }).toEqual({ search, overflow: 0 });
      await keepScreenshot(page, `narrow${search.replace(/\W/g, '-')}`);
      await page.context().close();
    }
  });
});
