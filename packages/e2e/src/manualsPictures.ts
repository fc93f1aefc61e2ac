import { manualsSchema } from '@herald/backstage-plugin-manual-publish-common';
import { notionId, scenarios } from '@herald/sandbox';
import fs from 'node:fs';
import path from 'node:path';
import { Browser, BrowserContextOptions, Route } from 'playwright-core';
import { signIn } from './browser';
import { ManualsPages } from './manualsPages';
import { publishAll, PublishingPortal, startPublishing } from './publishing';
import { repositoryRoot } from './repository';

/** What each answer of a stand-in takes here: enough to see a job half done. */
const LATENCY_MS = 150;

const WIDE = { viewport: { width: 1200, height: 860 } };
const NARROW = { viewport: { width: 360, height: 800 } };
const DARK = { ...WIDE, colorScheme: 'dark' } as const;

/** These are shown in the documentation. */
const FOR_DOCS = ['manuals', 'estimate', 'running', 'completed'];

type Folders = { forDocs: string; others: string };

class Pictures {
  readonly #browser: Browser;
  readonly #publishing: PublishingPortal;
  readonly #folders: Folders;

  constructor(
    browser: Browser,
    publishing: PublishingPortal,
    folders: Folders,
  ) {
    this.#browser = browser;
    this.#publishing = publishing;
    this.#folders = folders;
  }

  async takeAll(): Promise<void> {
    await this.#take('history-empty', '/jobs', WIDE, pages =>
      pages.page.getByText('Nothing was published yet').waitFor(),
    );
    await this.#take('never-published', '', WIDE, pages =>
      pages.row('Architecture').waitFor(),
    );
    await publishAll(this.#publishing.portal, 'ZCP', ['ko', 'ja']);
    this.#edit();
    await this.#takeManuals();
    await this.#takePublication();
    await this.#takeFailure();
    for (const [name, options] of [
      ['history', WIDE],
      ['history-dark', DARK],
      ['history-narrow', NARROW],
    ] as const) {
      await this.#take(name, '/jobs', options, pages =>
        pages.publications.nth(2).waitFor(),
      );
    }
  }

  /** What writers have done since. */
  #edit(): void {
    const { workspace } = this.#publishing.sandbox.notion;
    scenarios.paragraphEdited.apply(workspace);
    scenarios.pageAdded.apply(workspace);
  }

  async #takeManuals(): Promise<void> {
    const ready = async (pages: ManualsPages) => {
      await pages.page.getByRole('button', { name: 'Read again' }).click();
      await pages.page.getByText('25 pages', { exact: true }).waitFor();
      await pages.row('Clusters').getByRole('button').first().click();
      await pages.row('Operate').click();
    };
    await this.#take('manuals', '', WIDE, ready);
    await this.#take('manuals-dark', '', DARK, ready);
    await this.#take('manuals-narrow', '', NARROW, ready);
    await this.#take('manuals-thousand', '', WIDE, async ({ page }) => {
      await page.route('**/api/manual-publish/manuals*', asAThousand);
      await page.reload();
      await page.getByText('1,000 pages', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Expand all' }).click();
      await page.getByRole('treegrid').hover();
      await page.mouse.wheel(0, 20_000);
      await page.getByRole('row', { name: 'Page 489' }).waitFor();
    });
    await this.#take('manuals-german', '', WIDE, async ({ page }) => {
      await page.evaluate(() => localStorage.setItem('language', 'de'));
      await page.reload();
      await page.getByRole('treegrid').waitFor();
    });
    const entity = '/catalog/default/component/cloud-platform';
    await this.#take('entity', entity, WIDE, async ({ page }) => {
      const card = page.getByRole('region', { name: 'Manual' });
      await card.getByText('Done').waitFor();
      await card.scrollIntoViewIfNeeded();
    });
  }

  async #takePublication(): Promise<void> {
    const pages = await this.#open('?solution=APIM', WIDE);
    await pages.publish('APIM').click();
    await pages.language('Korean').waitFor();
    await this.#keep('dialog', pages);
    await pages.inDialog('See what would change').click();
    await pages.dialog.getByRole('table').waitFor();
    await this.#keep('estimate', pages);
    await pages.inDialog('Publish').click();
    await pages.currentStep.filter({ hasText: 'Translating' }).waitFor();
    await pages.page
      .getByRole('progressbar', { name: 'Chinese' })
      .filter({ hasText: ' of ' })
      .waitFor();
    await this.#keep('running', pages);
    await pages.untilSaid('Published');
    await this.#keep('completed', pages);
    const place = new URL(pages.page.url()).pathname;
    await pages.page.context().close();
    for (const [name, options] of [
      ['completed-dark', DARK],
      ['completed-narrow', NARROW],
    ] as const) {
      await this.#take(name, place, options, opened =>
        opened.untilSaid('Published'),
      );
    }
  }

  async #takeFailure(): Promise<void> {
    const { git } = this.#publishing.sandbox;
    const end = git.rejectPushes('protected branch hook declined');
    this.#publishing.sandbox.notion.workspace.edit(notionId('amdp/empty'), {
      title: 'No longer empty',
    });
    const job = await publishAll(this.#publishing.portal, 'AMDP', ['ko']);
    end();
    await this.#take('failed', `/jobs/${job.id}`, WIDE, pages =>
      pages.page.getByRole('alert').first().waitFor(),
    );
  }

  async #take(
    name: string,
    place: string,
    options: BrowserContextOptions,
    ready: (pages: ManualsPages) => Promise<unknown>,
  ): Promise<void> {
    const pages = await this.#open(place, options);
    await ready(pages);
    await this.#keep(name, pages);
    await pages.page.context().close();
  }

  async #open(
    place: string,
    options: BrowserContextOptions,
  ): Promise<ManualsPages> {
    const { url } = this.#publishing.portal;
    const isElsewhere = /^\/(catalog|manual-publish)/.test(place);
    return new ManualsPages(
      await signIn(
        this.#browser,
        isElsewhere ? url + place : `${url}/manual-publish${place}`,
        options,
      ),
    );
  }

  async #keep(name: string, { page }: ManualsPages): Promise<void> {
    const { forDocs, others } = this.#folders;
    const file = FOR_DOCS.includes(name)
      ? path.join(forDocs, `${name}.png`)
      : path.join(others, `manual-publish-${name}.png`);
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: file, animations: 'disabled' });
    process.stdout.write(`${path.relative(repositoryRoot, file)}\n`);
  }
}

/** The tree as it would be with a thousand pages, ten below each folder. */
async function asAThousand(route: Route): Promise<void> {
  const response = await route.fetch();
  const answer = manualsSchema.parse(await response.json());
  const [root, sample] = answer.manuals;
  const manuals = Array.from({ length: 999 }, (_, index) => ({
    ...sample,
    id: `page-${index}`,
    title: `${index % 10 === 0 ? 'Folder' : 'Page'} ${index}`,
    is_folder: index % 10 === 0,
    parent_id: index % 10 === 0 ? root.id : `page-${index - (index % 10)}`,
    changed: index % 7 === 0,
  }));
  await route.fulfill({
    response,
    json: { ...answer, manuals: [root, ...manuals] },
  });
}

/** Pictures of manual publishing, in the order in which it happens. */
export async function takeManuals(
  browser: Browser,
  folders: Folders,
): Promise<void> {
  fs.mkdirSync(folders.forDocs, { recursive: true });
  const publishing = await startPublishing({
    latencyMs: LATENCY_MS,
    translator: 'openai',
  });
  try {
    await new Pictures(browser, publishing, folders).takeAll();
  } finally {
    await publishing.stop();
  }
}
