import express from 'express';
import { once } from 'node:events';
import { AddressInfo, connect } from 'node:net';
import { createServer } from 'node:http';
import request from 'supertest';
import { answerArray } from './answerArray';

function serve(
  parts: () => AsyncIterable<object[]>,
  onFailure: (error: unknown) => void = () => {},
) {
  const app = express();
  app.get('/', (_, res) => void answerArray(res, parts()).catch(onFailure));
  return createServer(app);
}

describe('a JSON array that is written part by part', () => {
  it('is one array', async () => {
    const server = serve(async function* parts() {
      yield [{ a: 1 }, { a: 'ä' }];
      yield [];
      yield [{ a: 3 }];
    });
    const { body, headers } = await request(server).get('/').expect(200);
    expect(body).toEqual([{ a: 1 }, { a: 'ä' }, { a: 3 }]);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it.each([[[]], [[{ a: 1 }]]])(
    'of one part is answered like any other: %j',
    async part => {
      const server = serve(async function* parts() {
        yield part;
      });
      const { body, headers } = await request(server).get('/').expect(200);
      expect(body).toEqual(part);
      expect(headers).toMatchObject({
        'content-length': expect.any(String),
        etag: expect.any(String),
      });
    },
  );

  it('is read no faster than it is taken, and not at all once the reader is gone', async () => {
    const PARTS = 2_000;
    let read = 0;
    let ended: () => void = () => {};
    const over = new Promise<void>(resolve => {
      ended = resolve;
    });
    const megabyte = [{ text: 'x'.repeat(1024 * 1024) }];
    const failures: unknown[] = [];
    const server = serve(
      async function* parts() {
        try {
          for (; read < PARTS; read++) {
            yield megabyte;
          }
        } finally {
          ended();
        }
      },
      failure => failures.push(failure),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
    reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(reader, 'data');
    reader.destroy();
    await over;
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(PARTS / 10);
    expect(failures).toEqual([]);
    server.close();
  });

  it('is refused in order where its first part cannot be read, and cut off where a later one cannot', async () => {
    const failures: unknown[] = [];
    const server = serve(
      async function* parts() {
        throw new Error('first');
      },
      failure => failures.push(failure),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asking = fetch(`http://127.0.0.1:${port}/`, {
      signal: AbortSignal.timeout(300),
    });
    await expect(asking).rejects.toThrow();
    expect(failures).toEqual([new Error('first')]);
    server.closeAllConnections();
    server.close();

    const later = serve(
      async function* parts() {
        yield [{ a: 1 }];
        yield [{ a: 2 }];
        throw new Error('later');
      },
      failure => failures.push(failure),
    );
    await expect(request(later).get('/')).rejects.toThrow(/aborted|socket/);
    expect(failures).toEqual([new Error('first'), new Error('later')]);
  });
});
