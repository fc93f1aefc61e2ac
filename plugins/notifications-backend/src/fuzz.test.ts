import { mockCredentials } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { Requests } from './__testUtils__/requests';
import {
  SECRET,
  contract,
  startNotifications,
} from './__testUtils__/startNotifications';
import { insertMessages } from './database/insertMessages';
import { janusTables } from './import/__testUtils__/janusTables';

const databases = testEngines();
const RUNS = 60;
const MESSAGES = 40;

describe.each(databases.eachSupportedId())(
  'any request at all, on %s',
  engine => {
    let portal: Awaited<ReturnType<typeof startNotifications>>;
    let ids: string[];
    beforeAll(async () => {
      portal = await startNotifications(databases, engine);
      await janusTables(portal.knex);
    });
    // Each time anew: there are calls that delete them.
    beforeEach(async () => {
      ids = await insertMessages(
        portal.knex,
        Array.from({ length: MESSAGES }, (_, number) => ({
          id: uuid(),
          createdAt: new Date(),
          sender: GUEST,
          origin: 'fuzz',
          title: `Message ${number}`,
          actions: [],
          severity: 'normal',
          targets: [GUEST],
          exclusions: [],
        })),
      );
    });

    const requests = () => {
      const id = fc.constantFrom(...ids);
      const ref = fc.constantFrom(GUEST, ADA, BOB, 'group:default/team');
      const url = fc.oneof(fc.webUrl(), fc.constant('/catalog'));
      return new Requests(contract.document.components.schemas, {
        id,
        messageId: id,
        upTo: id,
        userRef: ref,
        entityRef: ref,
        excludeEntityRef: ref,
        targetUsers: fc.constantFrom('default/guest', ADA),
        targetGroups: fc.constantFrom('default/team', 'default/company'),
        targetEntities: ref,
        excludedEntities: ref,
        url,
        link: url,
        channel: fc.constant('web'),
        'idempotency-key': fc.stringMatching(/^[\x21-\x7e]{1,9}$/),
        'last-event-id': fc.base64String({ minLength: 4, maxLength: 40 }),
      });
    };

    it.each(contract.operations.map(o => [o.method, o.url, o] as const))(
      '%s %s answers as documented, never with 500, and to many with what they ask for',
      async (method, url, { operation }) => {
        const credentials = operation.security.map(
          (scheme): Record<string, string> =>
            'notificationsSecret' in scheme
              ? { 'notifications-secret': SECRET }
              : { authorization: mockCredentials.user.header(GUEST) },
        );
        let accepted = 0;
        await fc.assert(
          fc.asyncProperty(
            requests().of(operation),
            fc.constantFrom(...credentials),
            async ({ path, query, headers, body, contentType }, credential) => {
              const search = new URLSearchParams();
              for (const [name, value] of Object.entries(query)) {
                for (const one of [value].flat()) {
                  search.append(name, String(one));
                }
              }
              const pathname = url.replace(/\{(\w+)\}/g, (_, name) =>
                encodeURIComponent(String(path[name])),
              );
              const abort = new AbortController();
              const response = await fetch(
                `http://127.0.0.1:${portal.server.port()}${pathname}?${search}`,
                {
                  method: method.toUpperCase(),
                  signal: abort.signal,
                  body,
                  headers: {
                    ...Object.fromEntries(
                      Object.entries(headers).map(([name, value]) => [
                        name,
                        String(value),
                      ]),
                    ),
                    ...(contentType && { 'content-type': contentType }),
                    ...credential,
                  },
                },
              );
              const { status } = response;
              expect(status).not.toBe(500);
              const isStream = response.headers
                .get('content-type')
                ?.startsWith('text/event-stream');
              const wrong = isStream
                ? undefined
                : contract.deviation(method, url, {
                    status,
                    text: await response.text(),
                  });
              // A stream that is accepted would not end by itself.
              abort.abort();
              expect(wrong).toBeUndefined();
              accepted += response.ok ? 1 : 0;
            },
          ),
          { numRuns: RUNS },
        );
        // Or it was refused at the door, and has shown nothing of what is behind it.
        expect(accepted).toBeGreaterThan(RUNS / 20);
      },
    );
  },
);
