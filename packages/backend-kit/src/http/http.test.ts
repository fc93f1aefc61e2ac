import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import express, { Express } from 'express';
import PromiseRouter from 'express-promise-router';
import { AddressInfo } from 'node:net';
import { Server } from 'node:http';
import request from 'supertest';
import { z } from 'zod';
import { errorHandler } from './errorHandler';
import { parse, parseQuery } from './parse';
import { bytesReader, jsonBodyReader } from './readJsonBody';
import { SseSink, formatEvent, openSseSink } from './SseSink';

const querySchema = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  force: z.boolean().optional(),
  status: z.array(z.enum(['a', 'b'])).optional(),
  text: z.string().optional(),
});
const bodySchema = z.strictObject({
  name: z.string().max(3),
  tags: z.array(z.object({ id: z.int() })).optional(),
});

function appWith(routes: (router: ReturnType<typeof PromiseRouter>) => void): {
  app: Express;
  failures: () => number;
  logged: jest.Mock;
} {
  let failures = 0;
  const logger = mockServices.logger.mock();
  const app = express();
  const router = PromiseRouter();
  routes(router);
  router.use(
    errorHandler({
      logger,
      onFailure: () => {
        failures += 1;
      },
    }),
  );
  app.use(router);
  return { app, failures: () => failures, logged: logger.error as jest.Mock };
}

const messageOf = (response: request.Response) => response.body.error.message;

describe('queries', () => {
  const { app } = appWith(router =>
    router.get('/', (req, res) => {
      res.json(parseQuery(querySchema, req.originalUrl));
    }),
  );

  it.each([
    ['', { limit: 20 }],
    ['?limit=3&force=true&status=a', { limit: 3, force: true, status: ['a'] }],
    ['?status=a&status=b', { limit: 20, status: ['a', 'b'] }],
    ['?text=7', { limit: 20, text: '7' }],
  ])('%s is read by the schema', async (query, parsed) => {
    const response = await request(app).get(`/${query}`);
    expect(response.body).toEqual(parsed);
  });

  it.each([
    ['?limit=0', /^Parameter limit: .*\(was 0\)$/],
    ['?limit=x', /^Parameter limit: .*\(was "x"\)$/],
    ['?force=yes', /^Parameter force: /],
    ['?status=c', /^Parameter status\.0: /],
    ['?text=a&text=b', /^Parameter text: /],
    ['?other=1', /^Parameter other: is not known$/],
    ['?a[b]=1', /^Parameter a\[b\]: is not known$/],
  ])('%s is refused by name', async (query, message) => {
    const response = await request(app).get(`/${query}`);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(messageOf(response)).toMatch(message);
  });
});

describe('bodies', () => {
  const read = jsonBodyReader(64);
  const { app } = appWith(router => {
    router.post('/', async (req, res) => {
      res.json(parse(bodySchema, await read(req, res), 'body'));
    });
    router.post('/bytes', async (req, res) => {
      res.send((await bytesReader(64)(req, res)).toString('hex'));
    });
  });
  const post = (body: string, type = 'application/json') =>
    request(app).post('/').set('Content-Type', type).send(body);

  it('are read by the schema', async () => {
    const response = await post('{"name":"a","tags":[{"id":1}]}');
    expect(response.body).toEqual({ name: 'a', tags: [{ id: 1 }] });
  });

  it.each([
    ['{"name":"abcd"}', 400, /^Field name: .*\(was "abcd"\)$/],
    ['{}', 400, /^Field name: is required$/],
    ['{"name":"a","x":1}', 400, /^Field x: is not known$/],
    ['{"name":"a","tags":[{"id":"1"}]}', 400, /^Field tags\.0\.id: /],
    ['[]', 400, /^The request's body /],
    ['{', 400, /^The body is not valid JSON$/],
    [' ', 400, /^The body is empty$/],
    [`{"name":"${'a'.repeat(80)}"}`, 413, /larger than 64 bytes$/],
  ])('%s is answered %d', async (body, status, message) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(messageOf(response)).toMatch(message);
  });

  it('are refused in another type or encoding', async () => {
    expect((await post('name=a', 'text/plain')).status).toBe(400);
    const latin = await post(
      '{"name":"a"}',
      'application/json; charset=latin1',
    );
    expect(messageOf(latin)).toBe('The body must be JSON in UTF-8');
    const broken = await request(app)
      .post('/')
      .set('Content-Type', 'application/json')
      .serialize(value => value)
      .send(Buffer.from([0x7b, 0xff, 0x7d]));
    expect(messageOf(broken)).toBe('The body must be JSON in UTF-8');
  });

  it('can be had as the bytes that came', async () => {
    const response = await request(app)
      .post('/bytes')
      .set('Content-Type', 'application/json')
      .send('{ "a" :1}');
    expect(response.text).toBe(Buffer.from('{ "a" :1}').toString('hex'));
  });
});

describe('errors', () => {
  it('that are meant for callers are answered in their words', async () => {
    const { app, failures } = appWith(router =>
      router.get('/', () => {
        throw new NotFoundError('no such thing');
      }),
    );
    const response = await request(app).get('/');
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({
      error: { name: 'NotFoundError', message: 'no such thing' },
      response: { statusCode: 404 },
    });
    expect(failures()).toBe(0);
  });

  it('of a path that cannot be decoded are the caller’s', async () => {
    const { app, failures } = appWith(router => {
      router.get('/things/:id', (_req, res) => {
        res.end();
      });
    });
    const response = await request(app).get('/things/%E0%A4%A').expect(400);
    expect(messageOf(response)).toMatch(/path/);
    expect(failures()).toBe(0);
  });

  it('that are not are logged whole, and answered without a word of them', async () => {
    const { app, failures, logged } = appWith(router =>
      router.get('/', () => {
        throw new Error('select secret from table');
      }),
    );
    const response = await request(app).get('/');
    expect(response.status).toBe(500);
    expect(response.text).not.toMatch(/secret|at .*\.ts/);
    expect(failures()).toBe(1);
    expect(logged.mock.calls[0][1].message).toBe('select secret from table');
  });
});

describe('streams', () => {
  let server: Server;
  let sink: SseSink;
  let opened: Promise<void>;

  beforeEach(async () => {
    let tell: () => void = () => {};
    opened = new Promise(resolve => {
      tell = resolve;
    });
    const app = express();
    app.get('/', (_, res) => {
      sink = openSseSink(res, 1_000);
      tell();
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('carry events, pings and their end', async () => {
    const { port } = server.address() as AddressInfo;
    const answer = fetch(`http://127.0.0.1:${port}/`);
    await opened;
    sink.write(formatEvent({ type: 'job', payload: { a: 'x\ny' }, id: '7' }));
    sink.write(formatEvent({ type: 'log', payload: {} }));
    sink.ping();
    const response = await answer;
    expect(response.headers.get('content-type')).toMatch(/text\/event-stream/);
    expect(response.headers.get('cache-control')).toMatch(/no-transform/);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    sink.end();
    const text = await response.text();
    expect(text).toMatch(/event:\s*job\nid:\s*7\ndata:\s*{"a":"x\\ny"}\n\n/);
    expect(text).toMatch(/event:\s*log\ndata:\s*{}\n\n/);
    expect(text).toMatch(/event:\s*ping\n/);
    expect(text).not.toMatch(/id:\s*\n/);
  });

  it('say when the client has gone, and take nothing more', async () => {
    const { port } = server.address() as AddressInfo;
    const abort = new AbortController();
    const answer = fetch(`http://127.0.0.1:${port}/`, { signal: abort.signal });
    await opened;
    await answer;
    const closed = new Promise<void>(resolve => sink.onClose(resolve));
    abort.abort();
    await closed;
    expect(sink.isOver).toBe(true);
    sink.write('late');
    sink.ping();
    sink.end();
  });
});
