import { NotionWebhook } from './NotionWebhook';

const HOUR_MS = 3_600_000;

describe('the handshake', () => {
  let now: number;
  let webhook: NotionWebhook;
  beforeEach(() => {
    now = Date.parse('2026-11-22T08:00:00Z');
    webhook = new NotionWebhook({
      verificationToken: undefined,
      events: {
        isNew: async () => true,
        take: async () => {},
        purge: async () => {},
      },
      onChange: async () => [],
      now: () => new Date(now),
    });
  });
  const send = (token: string) =>
    webhook.receive(
      Buffer.from(JSON.stringify({ verification_token: token })),
      undefined,
    );

  it('that came first stays for its hour, whatever a stranger sends', async () => {
    await send('secret_of_notion');
    now += HOUR_MS;
    await send('secret_of_a_stranger');
    expect(webhook.verification().token).toBe('secret_of_notion');
  });

  it('makes room for another once its hour is over', async () => {
    await send('secret_of_a_stranger');
    now += HOUR_MS + 1;
    expect(() => webhook.verification()).toThrow(/within the last hour/);
    await send('secret_of_notion');
    expect(webhook.verification()).toEqual({
      token: 'secret_of_notion',
      at: new Date(now),
    });
  });
});
