import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { OpenedStream, openStream, testEngines } from '@herald/test-utils';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KID = 'the-portal’s-key';
const keys = newKeys();

/** Answers for the portal's sign-in with which key its tokens are signed. */
const signIn = createServer((_, res) => {
  const key = {
    ...keys.publicKey.export({ format: 'jwk' }),
    kid: KID,
    alg: 'ES256',
  };
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ keys: [key] }));
});
beforeAll(async () => {
  signIn.listen(0, '127.0.0.1');
  await once(signIn, 'listening');
});
afterAll(() => {
  signIn.close();
});

/** Where the sign-in is, and what else nobody asks for here. */
const discovery = createServiceFactory({
  service: coreServices.discovery,
  deps: {},
  factory: () => {
    const url = async () => {
      const { port } = signIn.address() as AddressInfo;
      return `http://127.0.0.1:${port}`;
    };
    return { getBaseUrl: url, getExternalBaseUrl: url };
  },
});

/** A token as the portal's sign-in issues it, good for so many seconds from now. */
function userToken(seconds: number, by = keys.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (part: object) =>
    Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode({
    typ: 'vnd.backstage.user',
    alg: 'ES256',
    kid: KID,
  })}.${encode({
    iss: 'http://localhost/api/auth',
    aud: 'backstage',
    sub: GUEST,
    ent: [GUEST],
    iat: now - 3_600,
    exp: now + seconds,
  })}`;
  const signature = sign('sha256', Buffer.from(content), {
    key: by,
    dsaEncoding: 'ieee-p1363',
  });
  return `${content}.${signature.toString('base64url')}`;
}

describe('a stream with a token of the host’s own sign-in', () => {
  const opened: OpenedStream[] = [];
  afterEach(() => {
    opened.splice(0).forEach(stream => stream.close());
  });
  const follow = async (token: string): Promise<OpenedStream> => {
    const portal = await startNotifications(databases, 'SQLITE_3', {
      features: [authServiceFactory, httpAuthServiceFactory, discovery],
    });
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
      { Authorization: `Bearer ${token}` },
    );
    opened.push(stream);
    return stream;
  };

  it.each([
    ['that has expired', () => userToken(-60)],
    [
      'that somebody else has signed',
      () => userToken(3_600, newKeys().privateKey),
    ],
    ['of which a part is missing', () => userToken(3_600).slice(0, -4)],
  ])('is refused with one %s', async (_, token) => {
    expect((await follow(token())).status).toBe(401);
  });

  it('is open as long as the token is good, and no longer', async () => {
    const stream = await follow(userToken(3));
    await stream.until(({ event }) => event === 'ready');
    await stream.ended;
    expect(stream.status).toBe(200);
  }, 20_000);
});
