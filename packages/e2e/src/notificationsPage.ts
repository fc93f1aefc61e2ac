import { Locator, Page } from 'playwright-core';

/** The page by what people see and hear of it: roles and names, no classes. */
export class NotificationsPage {
  constructor(readonly page: Page) {}

  get sidebarLink(): Locator {
    return this.page.getByRole('link', { name: /^Notifications/ });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search' });
  }

  tab(name: 'Personal' | 'Updates' | 'Saved' | 'Settings'): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  message(title: string): Locator {
    return this.page.getByRole('listitem').filter({ hasText: title });
  }

  markRead(title: string): Locator {
    return this.message(title).getByRole('button', { name: 'Mark as read' });
  }

  markUnread(title: string): Locator {
    return this.message(title).getByRole('button', { name: 'Mark as unread' });
  }

  save(title: string): Locator {
    return this.message(title).getByRole('button', {
      name: 'Save',
      exact: true,
    });
  }

  archive(title: string): Locator {
    return this.message(title).getByRole('button', {
      name: 'Archive',
      exact: true,
    });
  }

  unarchive(title: string): Locator {
    return this.message(title).getByRole('button', {
      name: 'Take out of the archive',
    });
  }

  select(title: string): Locator {
    return this.page.getByRole('checkbox', { name: `Select “${title}”` });
  }

  /** The message that the address names. */
  get linked(): Locator {
    return this.page.getByRole('region', {
      name: 'The message of this link',
    });
  }

  async showArchived(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Archived' }).click();
  }

  async showUnread(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Unread' }).click();
  }

  async showAll(): Promise<void> {
    await this.page.getByRole('radio', { name: 'All' }).click();
  }

  /** Waits until the sidebar shows that number. */
  async untilUnread(count: number): Promise<void> {
    await this.sidebarLink.filter({ hasText: String(count) }).waitFor();
  }

  /** Waits until no number is shown: not in the title of the page, not in the sidebar, not at a tab. */
  async untilNoneUnread(): Promise<void> {
    await this.page.waitForFunction(() => !document.title.startsWith('('));
    await this.tab('Personal').filter({ hasNotText: /\d/ }).waitFor();
    await this.sidebarLink
      .filter({ hasText: /\d/ })
      .waitFor({ state: 'detached' });
  }

  async untilShown(...titles: string[]): Promise<void> {
    for (const title of titles) await this.message(title).waitFor();
  }

  async untilGone(...titles: string[]): Promise<void> {
    for (const title of titles) {
      await this.message(title).waitFor({ state: 'detached' });
    }
  }
}
