import type { NotificationsPage } from './notificationsPage';

/** The settings, one of which has been changed. */
export async function settingsShown({
  page,
}: NotificationsPage): Promise<void> {
  await page.getByText('certificates', { exact: true }).first().waitFor();
  await page
    .getByRole('switch', { name: 'Portal: messages from platform' })
    .first()
    .press('Space');
  await page.getByRole('status').getByText('Saved').waitFor();
}

/** The form, filled in. */
export async function written({ page }: NotificationsPage): Promise<void> {
  await page.getByRole('combobox', { name: 'Recipients' }).fill('plat');
  await page.getByRole('option', { name: /Platform/ }).click();
  await page
    .getByRole('textbox', { name: /^Title/ })
    .fill('The build machines move on Friday');
  await page
    .getByRole('textbox', { name: 'Message', exact: true })
    .fill(
      'Builds wait **from 17:00 to 18:00**.\n\n- what runs is finished first\n- see [the plan](/catalog)',
    );
  await page.getByRole('textbox', { name: 'Origin' }).fill('platform');
  await page.getByRole('textbox', { name: 'Topic' }).fill('maintenance');
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByRole('textbox', { name: 'Text of link 1' }).fill('The plan');
  await page
    .getByRole('textbox', { name: 'Address of link 1' })
    .fill('/catalog');
}
