import { Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { Downloader } from './download';

const { signal } = new AbortController();

async function listen(
  answer: (path: string) => { status: number; location?: string },
): Promise<{ server: Server; host: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    const { status, location } = answer(req.url ?? '');
    res.writeHead(status, location === undefined ? {} : { location });
    res.end('secret');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, host: `127.0.0.1:${port}`, asked };
}

describe('a medium whose address redirects', () => {
  let inner: Awaited<ReturnType<typeof listen>>;
  let outer: Awaited<ReturnType<typeof listen>>;
  let downloader: Downloader;

  beforeAll(async () => {
    inner = await listen(() => ({ status: 200 }));
    outer = await listen(path =>
      path === '/here'
        ? { status: 200 }
        : { status: 302, location: decodeURIComponent(path.slice(1)) },
    );
    downloader = new Downloader({
      maxBytes: 1000,
      timeoutMs: 5_000,
      // Stands for a host of the internet: the other one is in our own network.
      allowedPrivateHosts: [outer.host],
    });
  });
  afterAll(async () => {
    await downloader.close();
    inner.server.close();
    outer.server.close();
  });

  const redirected = (location: string) =>
    downloader.get(
      `http://${outer.host}/${encodeURIComponent(location)}`,
      signal,
    );

  it('is followed to where anybody may go', async () => {
    expect(await redirected('/here')).toMatchObject({ outcome: 'bytes' });
  });

  it.each([
    'http://HOST/',
    'http://localhost:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('is not followed to %s', async location => {
    const [, port = ''] = inner.host.split(':');
    const target = location.replace('HOST', inner.host).replace('PORT', port);
    expect(await redirected(target)).toMatchObject({ outcome: 'refused' });
    expect(inner.asked).toEqual([]);
  });

  it('is given up where it goes round, or nowhere', async () => {
    const round = createServer((req, res) => {
      res.writeHead(302, { location: req.url }).end();
    });
    await new Promise<void>(resolve => round.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(round.address() as AddressInfo).port}`;
    const open = new Downloader({
      maxBytes: 1000,
      timeoutMs: 5_000,
      allowedPrivateHosts: [host],
    });
    expect(await open.get(`http://${host}/x`, signal)).toEqual({
      outcome: 'unreachable',
      message: 'It redirects in circles',
    });
    await open.close();
    round.close();
    expect(await redirected('http://[')).toMatchObject({
      outcome: 'unreachable',
    });
  });
});
