import { mockCredentials } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { testEngines } from './__testUtils__/engines';
import { documentedOperations } from './__testUtils__/openApiDocument';
import { GUEST } from './__testUtils__/people';
import {
  BASE,
  SECRET,
  startNotifications,
} from './__testUtils__/startNotifications';

const databases = testEngines();

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'true',
    '0',
    '-1',
    '1e9',
    'NaN',
    'default/guest',
    '%',
    "';--",
    '[]',
    'null',
    '2026-11-22',
    '\0',
  ),
);

/** A value of about the right kind, so that more than the first check is reached. */
function likely(schema: Record<string, unknown>): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) {
    return fc.oneof(fc.constantFrom(...schema.enum), text);
  }
  switch (schema.type) {
    case 'integer':
      return fc.oneof(fc.integer({ min: -2, max: 30 }), fc.integer(), text);
    case 'boolean':
      return fc.oneof(fc.boolean(), text);
    case 'array':
      return fc.array(fc.oneof(fc.uuid(), text), { maxLength: 4 });
    default:
      return fc.oneof(
        text,
        fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
      );
  }
}

const body = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          origin: text,
          title: text,
          message: fc.oneof(text, fc.jsonValue()),
          topic: text,
          actions: fc.oneof(
            fc.array(
              fc.record({ title: text, url: fc.oneof(fc.webUrl(), text) }),
              { maxLength: 3 },
            ),
            fc.jsonValue(),
          ),
          targetUsers: fc.array(
            fc.constantFrom('default/guest', 'user:default/ada', 'x'),
            { maxLength: 3 },
          ),
          targetGroups: fc.array(
            fc.constantFrom('default/team', 'default/none'),
            { maxLength: 2 },
          ),
        },
        { requiredKeys: [] },
      )
      .map(value => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: fc.jsonValue().map(value => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string() },
);

describe.each(databases.eachSupportedId())(
  'any request at all, on %s',
  engine => {
    let portal: Awaited<ReturnType<typeof startNotifications>>;
    beforeAll(async () => {
      portal = await startNotifications(databases, engine);
    });

    // A stream that is accepted does not end by itself; `stream.test.ts` has its bad input.
    const answering = documentedOperations.filter(
      ({ operation }) =>
        !operation.responses[200].content?.['text/event-stream'],
    );
    it.each(answering.map(o => [o.method, o.url, o] as const))(
      '%s %s answers as documented, and never with 500',
      async (method, url, { operation }) => {
        const parameters =
          operation.parameters?.filter(p => p.in === 'query') ?? [];
        const query = fc.record(
          Object.fromEntries(parameters.map(p => [p.name, likely(p.schema)])),
          { requiredKeys: [] },
        );
        await fc.assert(
          fc.asyncProperty(query, body, async (values, json) => {
            const search = new URLSearchParams();
            for (const [name, value] of Object.entries(values)) {
              for (const one of [value].flat()) {
                search.append(name, String(one));
              }
            }
            const request = portal
              .call(
                method as 'get' | 'put' | 'post',
                `${url.slice(BASE.length)}?${search}`,
              )
              .set(
                operation.requestBody
                  ? { 'notifications-secret': SECRET }
                  : { Authorization: mockCredentials.user.header(GUEST) },
              );
            const response = await (operation.requestBody
              ? request.set('Content-Type', 'application/json').send(json)
              : request);
            expect(response.status).not.toBe(500);
          }),
          { numRuns: 150 },
        );
      },
    );
  },
);
