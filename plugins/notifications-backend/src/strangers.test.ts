import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { openStream, testEngines } from '@herald/test-utils';
import { BOB, GUEST } from './__testUtils__/people';
import {
  BASE,
  Method,
  contract,
  startNotifications,
} from './__testUtils__/startNotifications';

const databases = testEngines();

const OWN = {
  title: 'For the guest alone',
  message: 'Nobody else’s business',
  origin: 'origin-of-the-guest',
  topic: 'topic-of-the-guest',
  scope: 'scope-of-the-guest',
  targetUsers: ['default/guest'],
};
const all = '?messageScope=all';

type Attempt = { query?: string; body?: object; status: number };

/** What somebody else may try with the id of a message, for each operation, and what they are answered. */
const attemptsOn = (id: string): Record<string, Attempt> => ({
  // With all that names the message, by another sender.
  sendNotification: { body: { ...OWN, title: 'Another' }, status: 200 },
  sendAsUpstream: {
    body: {
      recipients: { type: 'entity', entityRef: GUEST },
      payload: { title: 'Another', scope: OWN.scope, topic: OWN.topic },
    },
    status: 200,
  },
  listNotifications: {
    query: `${all}&pageSize=0&pageNumber=0`,
    status: 200,
  },
  countNotifications: { query: `${all}&groupBy=origin`, status: 200 },
  latestNotification: { query: '?include_read=true', status: 204 },
  streamNotifications: { query: '?include_read=true', status: 200 },
  getNotification: { status: 404 },
  updateRead: { query: `?messageId=${id}&read=true`, status: 404 },
  updateArchived: { query: `?messageId=${id}&archived=true`, status: 404 },
  updateSaved: { query: `?messageId=${id}&saved=true`, status: 404 },
  markAllRead: { query: all, status: 200 },
  clearNotifications: { status: 200 },
  readNotification: { status: 404 },
  correctNotification: { body: { title: 'Changed' }, status: 403 },
  withdrawNotification: { status: 403 },
  getPreferences: { status: 200 },
  updatePreferences: {
    body: { rules: [{ channel: 'web', topic: OWN.topic, enabled: false }] },
    status: 200,
  },
  getPreferenceDefaults: { status: 403 },
  updatePreferenceDefaults: {
    body: {
      rules: [{ channel: 'web', topic: OWN.topic, enabled: false }],
      mandatoryOrigins: [],
    },
    status: 403,
  },
  listDeadWork: { status: 403 },
  redriveWork: { body: { ids: [id] }, status: 403 },
  discardWork: { body: { ids: [id] }, status: 403 },
  erasePerson: { query: `?userRef=${GUEST}`, status: 403 },
  listImports: { status: 403 },
  startImport: { body: { source: 'upstream', dryRun: true }, status: 403 },
});

describe.each(databases.eachSupportedId())('somebody else, on %s', engine => {
  let portal: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result:
            permission.name === 'notifications.administer'
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
    });
    portal = await startNotifications(databases, engine, {
      permission: 'host',
      features: [permissions.factory],
    });
  });

  it('tries each documented operation', () => {
    expect(Object.keys(attemptsOn('')).sort()).toEqual(
      contract.operations.map(({ operation }) => operation.operationId).sort(),
    );
  });

  /** What the other one is told; of the stream all up to where the past ends. */
  const tried = async (
    method: string,
    url: string,
    { query = '', body }: Attempt,
  ): Promise<{ status: number; text: string }> => {
    if (!url.endsWith('/stream')) {
      return portal
        .by(BOB, method as Method, `${url.slice(BASE.length)}${query}`)
        .send(body);
    }
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${url}${query}`,
      { Authorization: mockCredentials.user.header(BOB) },
    );
    await stream.until(({ event }) => event === 'ready');
    stream.close();
    return { status: stream.status, text: JSON.stringify(stream.events) };
  };

  it.each(
    contract.operations.map(
      ({ method, url, operation }) =>
        [method, url, operation.operationId] as const,
    ),
  )(
    'learns nothing of a message and changes nothing of it: %s %s',
    async (method, url, operationId) => {
      const id = await portal.send(OWN);
      const asItWas = await portal
        .get(`/notifications/${id}`, GUEST)
        .expect(200);
      const unread = await portal.count(GUEST, 'read=false');
      const attempt = attemptsOn(id)[operationId];

      const { status, text } = await tried(
        method,
        url.replace('{id}', id),
        attempt,
      );

      expect(status).toBe(attempt.status);
      expect(text).not.toContain(OWN.title);
      expect(text).not.toContain(OWN.message);
      expect(text).not.toContain(OWN.origin);
      const asItIs = await portal.get(`/notifications/${id}`, GUEST);
      expect(asItIs.body).toEqual(asItWas.body);
      expect(asItIs.body).toMatchObject({
        title: OWN.title,
        readByUser: false,
      });
      // What they have sent to its reader is another message.
      const added = operationId.startsWith('send') ? 1 : 0;
      expect(await portal.count(GUEST, 'read=false')).toBe(unread + added);
    },
  );
});
