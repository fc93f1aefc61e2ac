import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { NotificationsClient } from './NotificationsClient';

type Answer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
};

describe('NotificationsClient', () => {
  const seen: {
    method?: string;
    url?: string;
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }[] = [];
  let answer: Answer = {};
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', chunk => (body += chunk));
    req.on('end', () => {
      seen.push({
        method: req.method,
        url: req.url,
        headers: req.headers,
        body,
      });
      res.writeHead(answer.status ?? 200, {
        'content-type': 'application/json',
        ...answer.headers,
      });
      res.end(
        answer.body === undefined ? undefined : JSON.stringify(answer.body),
      );
    });
  });
  let client: NotificationsClient;

  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new NotificationsClient({
      discoveryApi: {
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      },
    });
  });
  beforeEach(() => {
    seen.length = 0;
    answer = {};
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  it('sends, with the key and the token', async () => {
    answer = { body: { messageId: 'x', msgid: 'x' } };
    await client.sendNotification(
      { origin: 'o', title: 't' },
      { idempotencyKey: 'k', token: 'secret' },
    );
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/notifications/notifications',
        headers: { 'idempotency-key': 'k', authorization: 'Bearer secret' },
        body: '{"origin":"o","title":"t"}',
      },
    ]);
  });

  it('reads a page with its cursor and total', async () => {
    answer = {
      body: [],
      headers: {
        link: '<?pageSize=2&cursor=a%2Bb>; rel="next"',
        'x-total-count': '7',
      },
    };
    expect(
      await client.listNotifications({
        pageSize: 2,
        total: true,
        read: false,
        containsText: 'a&b',
      }),
    ).toEqual({
      items: [],
      nextCursor: 'a+b',
      totalCount: 7,
    });
    expect(seen[0].url).toBe(
      '/api/notifications/notifications?pageSize=2&total=true&read=false&containsText=a%26b',
    );
  });

  it('reads the last page', async () => {
    answer = { body: [] };
    expect(await client.listNotifications()).toEqual({
      items: [],
      nextCursor: undefined,
      totalCount: undefined,
    });
  });

  it('repeats messageId for each message it marks', async () => {
    await client.updateRead({ messageId: ['a', 'b'], read: true });
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      url: '/api/notifications/notifications/read?messageId=a&messageId=b&read=true',
    });
  });

  it('counts', async () => {
    answer = { body: { count: 3 } };
    expect(await client.countNotifications({ messageScope: 'all' })).toBe(3);
  });

  it('throws what the server says', async () => {
    answer = {
      status: 404,
      body: {
        error: { name: 'NotFoundError', message: 'gone' },
        response: { statusCode: 404 },
      },
    };
    await expect(client.countNotifications()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 404,
      cause: { message: 'gone' },
    });
  });
});
