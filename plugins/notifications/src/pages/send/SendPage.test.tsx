import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InMemoryNotifications, refused } from '../../testing';
import { address, renderPage } from '../__testUtils__/renderPage';

jest.setTimeout(120_000);
Element.prototype.scrollIntoView = jest.fn();

const field = (name: string | RegExp) => screen.getByRole('textbox', { name });
const type = async (name: string | RegExp, text: string) => {
  await userEvent.clear(field(name));
  await userEvent.type(field(name), text);
};
const paste = async (label: string | RegExp, text: string) => {
  await userEvent.click(screen.getByLabelText(label));
  await userEvent.paste(text);
};
const submit = async () =>
  userEvent.click(screen.getByRole('button', { name: 'Send' }));

async function pick(label: string, text: string, option: RegExp) {
  const box = screen.getByRole('combobox', { name: label });
  await userEvent.type(box, text);
  await userEvent.click(await screen.findByRole('option', { name: option }));
  await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
  expect(box).toHaveValue('');
}

async function openForm(api: InMemoryNotifications): Promise<void> {
  renderPage(api, '/?tab=send', ['notifications.create']);
  await screen.findByRole('form', { name: 'Send a message' });
}

async function fillIn(): Promise<void> {
  await pick('Recipients', 'plat', /Platform/);
  await type(/^Title/, 'We move');
  await type(/^Origin/, 'people');
}

describe('the form that sends', () => {
  it('sends what was filled in, to whom was chosen, with a key', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    await fillIn();
    await pick('Recipients', 'wall', /Wallet/);
    await pick('But not to', 'gue', /Guest/);
    await type('Message', '**On Friday**');
    await type('Topic', 'moving');
    await userEvent.click(screen.getByRole('button', { name: 'Add a link' }));
    await type('Text of link 1', 'The plan');
    await type('Address of link 1', '/catalog');
    await submit();
    expect(await screen.findByRole('heading', { name: 'Sent' })).toBeVisible();
    expect(api.sends).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(api.sends[0].sent))).toEqual({
      title: 'We move',
      message: '**On Friday**',
      origin: 'people',
      topic: 'moving',
      severity: 'normal',
      actions: [{ title: 'The plan', url: '/catalog' }],
      targetGroups: ['group:default/platform'],
      targetEntities: ['component:default/wallet'],
      excludedEntities: ['user:default/guest'],
    });
    expect(api.sends[0].idempotencyKey).toMatch(/^page-[0-9a-f]{32}$/);
  });

  it('shows what is written as it will be read', async () => {
    await openForm(new InMemoryNotifications());
    await type(/^Title/, 'We move');
    await type('Message', 'It is **true** <b>really</b>');
    const preview = within(screen.getByRole('region', { name: 'Preview' }));
    expect(preview.getByRole('heading', { name: 'We move' })).toBeVisible();
    expect(preview.getByText('true').tagName).toBe('STRONG');
    expect(preview.getByText(/<b>really<\/b>/)).toBeVisible();
  });

  it('says at each field what is wrong, sends nothing, and goes to the first of them', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    // eslint-disable-next-line no-script-url
    await type('Link of the title', 'javascript:alert(1)');
    await submit();
    expect(
      await screen.findByText('Choose somebody, or everybody.'),
    ).toBeVisible();
    expect(screen.getAllByText('Must not be empty.')).toHaveLength(2);
    expect(field('Link of the title')).toHaveAccessibleDescription(
      /Must be an http or https address/,
    );
    expect(field(/^Title/)).toBeInvalid();
    expect(screen.getByRole('combobox', { name: 'Recipients' })).toHaveFocus();
    expect(api.sends).toEqual([]);
    await type(/^Title/, 'Now');
    await waitFor(() => expect(field(/^Title/)).toBeValid());
  });

  it('has what few messages need folded away', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    expect(screen.getByLabelText('Scope')).not.toBeVisible();
    await userEvent.click(screen.getByText('More'));
    expect(screen.getByLabelText('Scope')).toBeVisible();
    await pick('Recipients', 'plat', /Platform/);
    for (const [label, text] of [
      [/^Title/, 'We move'],
      [/^Origin/, 'people'],
      ['Scope', 'moving'],
      ['Solution', 'ZCP'],
      ['Page of the manual', 'Getting started'],
      ['Icon', 'kind:api'],
      ['Metadata', '{"build": 4711}'],
    ] as const) {
      await paste(label, text);
    }
    expect(screen.getByText('ZCP › Getting started')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /^None Type/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'In progress' }),
    );
    await submit();
    await screen.findByRole('heading', { name: 'Sent' });
    expect(api.sends[0].sent).toMatchObject({
      type: 'processing',
      solution: 'ZCP',
      document_title: 'Getting started',
      icon: 'kind:api',
      scope: 'moving',
      metadata: { build: 4711 },
    });
  });

  it('unfolds what few messages need where something in it is wrong, and leaves it so while it is mended', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    const metadata = screen.getByLabelText('Metadata');
    await userEvent.click(screen.getByText('More'));
    await paste('Metadata', '[1]');
    await userEvent.click(screen.getByText('More'));
    expect(metadata).not.toBeVisible();
    await submit();
    await waitFor(() => expect(metadata).toBeVisible());
    expect(metadata).toHaveAccessibleDescription(/object of JSON/);
    await userEvent.clear(metadata);
    await waitFor(() => expect(metadata).toBeValid());
    expect(metadata).toBeVisible();
    expect(api.sends).toEqual([]);
  });

  it('says at the field what the server refuses', async () => {
    const api = new InMemoryNotifications();
    api.refusals.send = refused(
      400,
      'Field title: is not nice (was "We move")',
    );
    await openForm(api);
    await fillIn();
    await submit();
    await waitFor(() => expect(field(/^Title/)).toBeInvalid());
    expect(field(/^Title/)).toHaveAccessibleDescription(
      'The server does not accept this.',
    );

    api.refusals.send = refused(
      404,
      'Not in the catalog: group:default/platform',
    );
    await type(/^Title/, 'We move again');
    await submit();
    expect(
      await screen.findByText(
        'The catalog does not know group:default/platform.',
      ),
    ).toBeVisible();
  });

  it('keeps what is written when it is refused, and sends once when it is tried again', async () => {
    const api = new InMemoryNotifications();
    api.refusals.send = refused(503, 'The catalog is away');
    await openForm(api);
    await fillIn();
    await submit();
    expect(
      await screen.findByText(/cannot find out who gets it right now/),
    ).toBeVisible();
    expect(screen.queryByText('The catalog is away')).toBeNull();
    api.refusals = {};
    await submit();
    await screen.findByRole('heading', { name: 'Sent' });
    const keys = api.sends.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(api.messages).toHaveLength(1);
  });

  it('says that a first attempt may have arrived, and sends another only when told to', async () => {
    const api = new InMemoryNotifications();
    api.refusals.send = refused(409);
    await openForm(api);
    await fillIn();
    await submit();
    const notice = await screen.findByText(/first attempt may have been sent/);
    expect(notice).toBeVisible();
    api.refusals = {};
    await userEvent.click(
      screen.getByRole('button', { name: 'Treat this as another message' }),
    );
    await submit();
    await screen.findByRole('heading', { name: 'Sent' });
    const keys = api.sends.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('says who may not send it', async () => {
    const api = new InMemoryNotifications();
    api.refusals.send = refused(403);
    await openForm(api);
    await fillIn();
    await submit();
    expect(await screen.findByText(/You may not send this/)).toBeVisible();
  });

  it('sends to everybody only when that was chosen and confirmed', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    await userEvent.click(screen.getByRole('radio', { name: 'Everybody' }));
    expect(
      screen.getByText('Everybody in this portal will get this message'),
    ).toBeVisible();
    await type(/^Title/, 'All hands');
    await type(/^Origin/, 'people');
    await submit();
    const dialog = async () => within(await screen.findByRole('dialog'));
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Not yet' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.sends).toEqual([]);
    await submit();
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Send to everybody' }),
    );
    await screen.findByRole('heading', { name: 'Sent' });
    expect(api.sends).toHaveLength(1);
    expect(api.sends[0].sent.targetUsers).toBeUndefined();
    expect(api.messages[0].isSystem).toBe(true);
  });

  it('offers to open it, or to send another', async () => {
    const api = new InMemoryNotifications();
    await openForm(api);
    await fillIn();
    await submit();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send another' }),
    );
    expect(field(/^Title/)).toHaveValue('');
    await fillIn();
    await submit();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open it' }),
    );
    await waitFor(() => expect(address()).toMatch(/^\?id=/));
    const keys = api.sends.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('offers nothing to open to who did not get it', async () => {
    const api = new InMemoryNotifications();
    api.refusals.get = refused(404);
    await openForm(api);
    await fillIn();
    await submit();
    await screen.findByRole('heading', { name: 'Sent' });
    expect(screen.queryByRole('button', { name: 'Open it' })).toBeNull();
  });
});
