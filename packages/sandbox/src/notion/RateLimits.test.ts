import { APIErrorCode } from '@notionhq/client';
import { NotionUnderTest, failure } from '../__testUtils__/NotionUnderTest';
import { averageRate, windowBudget } from './RateLimits';

describe('limits of the Notion stand-in', () => {
  const notion = new NotionUnderTest();
  afterEach(() => notion.stop());

  it('lets a burst pass, then three a second on average, and says when to come back', async () => {
    await notion.start({ limits: [averageRate({ perSecond: 3, burst: 2 })] });
    await notion.client.users.me({});
    await notion.client.users.me({});
    const error = await failure(notion.client.users.me({}));
    expect(error.code).toBe(APIErrorCode.RateLimited);
    expect(new Headers(error.headers as HeadersInit).get('retry-after')).toBe(
      '1',
    );
    notion.clock.advance(1000);
    await notion.client.users.me({});
    await notion.client.users.me({});
    expect((await failure(notion.client.users.me({}))).status).toBe(429);
  });

  it('lets a window have its budget at once, and no more until it ends', async () => {
    await notion.start({
      limits: [windowBudget({ calls: 3, windowMs: 60_000 })],
    });
    await Promise.all([1, 2, 3].map(() => notion.client.users.me({})));
    notion.clock.advance(20_000);
    const error = await failure(notion.client.users.me({}));
    expect(new Headers(error.headers as HeadersInit).get('retry-after')).toBe(
      '40',
    );
    notion.clock.advance(40_000);
    await notion.client.users.me({});
  });

  it('costs a call nothing to be refused, whichever limit refuses it', async () => {
    await notion.start({
      limits: [
        windowBudget({ calls: 2, windowMs: 60_000 }),
        averageRate({ perSecond: 1, burst: 1 }),
      ],
    });
    await notion.client.users.me({});
    expect((await failure(notion.client.users.me({}))).status).toBe(429);
    notion.clock.advance(1000);
    await notion.client.users.me({});
  });

  it('is waited for by the SDK itself, by Retry-After', async () => {
    await notion.start({
      faults: [{ status: 429, retryAfterSeconds: 0, times: 1 }],
    });
    const retrying = notion.clientFor(notion.sandbox, {
      retry: { maxRetries: 1 },
    });
    await retrying.users.me({});
    expect(notion.sandbox.log.calls.map(call => call.status)).toEqual([
      429, 200,
    ]);
  });
});
