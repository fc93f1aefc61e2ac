import { Locator, Page } from 'playwright-core';

const ENDS_WITHIN_MS = 120_000;

/** The pages of manual publishing by what people see and hear of them: roles and names, no classes. */
export class ManualsPages {
  constructor(readonly page: Page) {}

  get sidebarLink(): Locator {
    return this.page.getByRole('link', { name: 'Manuals' }).first();
  }

  solution(name: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: 'Solutions' })
      .getByRole('radio', { name, exact: true });
  }

  tree(solution: string): Locator {
    return this.page.getByRole('treegrid', { name: `Pages of ${solution}` });
  }

  row(title: string): Locator {
    return this.page.getByRole('row', { name: title });
  }

  /** Publishes the whole solution. */
  publish(solution: string): Locator {
    return this.page.getByRole('button', {
      name: `Publish ${solution}`,
      exact: true,
    });
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  language(name: string): Locator {
    return this.dialog.getByRole('checkbox', { name, exact: true });
  }

  inDialog(button: string): Locator {
    return this.dialog.getByRole('button', { name: button, exact: true });
  }

  /** Leaves those languages chosen, and no others of the usual ones. */
  async chooseLanguages(...wanted: string[]): Promise<void> {
    for (const name of ['Korean', 'Japanese', 'Chinese']) {
      const box = this.language(name);
      await box.waitFor();
      if ((await box.isChecked()) !== wanted.includes(name)) {
        await box.press('Space');
      }
    }
  }

  /** A step of the job that is shown. */
  step(name: string): Locator {
    return this.panel('Steps').getByRole('listitem').filter({ hasText: name });
  }

  get currentStep(): Locator {
    return this.panel('Steps').locator('[aria-current="step"]');
  }

  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  get commits(): Locator {
    return this.panel('Commits').getByRole('listitem');
  }

  get publications(): Locator {
    return this.page
      .getByRole('list', { name: 'Publications' })
      .getByRole('heading', { level: 3 });
  }

  /** The id of the job that is shown. */
  get jobId(): string {
    const [, id] = /\/jobs\/([0-9a-f-]+)/.exec(this.page.url()) ?? [];
    if (!id) throw new Error(`no job at ${this.page.url()}`);
    return id;
  }

  async untilSaid(outcome: string): Promise<void> {
    await this.page
      .getByRole('status')
      .filter({ hasText: outcome })
      .first()
      .waitFor({ timeout: ENDS_WITHIN_MS });
  }

  /** The steps that the page showed as the current one until the last was done, without a look missed. */
  async stepsUntilDone(): Promise<string[]> {
    return this.page.evaluate(
      ({ timeout }) =>
        new Promise<string[]>((resolve, reject) => {
          const seen: string[] = [];
          const look = () => {
            const current = document.querySelector('[aria-current="step"]');
            const name = current?.querySelector('span + span')?.firstChild;
            if (name?.textContent && seen.at(-1) !== name.textContent) {
              seen.push(name.textContent);
            }
            if (!current && seen.length > 0) {
              resolve(seen);
            }
          };
          new MutationObserver(look).observe(document.body, {
            subtree: true,
            childList: true,
            attributes: true,
            characterData: true,
          });
          look();
          setTimeout(
            () => reject(new Error(`still at ${seen.at(-1)}`)),
            timeout,
          );
        }),
      { timeout: ENDS_WITHIN_MS },
    );
  }
}
