import { mockCredentials } from '@backstage/backend-test-utils';
import { DocumentedOperation, testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { GUEST } from './__testUtils__/people';
import {
  SECRET,
  contract,
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

// What fetch can send at all.
const headerValue = fc.stringMatching(
  /^[\x21-\x7e]([\x20-\x7e]{0,40}[\x21-\x7e])?$/,
);

function parametersOf(
  { parameters = [] }: DocumentedOperation,
  place: 'query' | 'header',
) {
  return parameters.filter(parameter => parameter.in === place);
}

function request({ operation }: (typeof contract.operations)[number]) {
  const { requestBody } = operation;
  return fc.record({
    query: fc.record(
      Object.fromEntries(
        parametersOf(operation, 'query').map(p => [p.name, likely(p.schema)]),
      ),
      { requiredKeys: [] },
    ),
    headers: fc.record(
      Object.fromEntries(
        parametersOf(operation, 'header').map(p => [p.name, headerValue]),
      ),
      { requiredKeys: [] },
    ),
    body: requestBody ? body : fc.constant(undefined),
    contentType: requestBody
      ? fc.oneof(
          { weight: 5, arbitrary: fc.constant('application/json') },
          { weight: 1, arbitrary: headerValue },
        )
      : fc.constant(undefined),
  });
}

describe.each(databases.eachSupportedId())(
  'any request at all, on %s',
  engine => {
    let portal: Awaited<ReturnType<typeof startNotifications>>;
    beforeAll(async () => {
      portal = await startNotifications(databases, engine);
    });

    it.each(contract.operations.map(o => [o.method, o.url, o] as const))(
      '%s %s answers as documented, and never with 500',
      async (method, url, documented) => {
        await fc.assert(
          fc.asyncProperty(
            request(documented),
            async ({ query, headers, body: json, contentType }) => {
              const search = new URLSearchParams();
              for (const [name, value] of Object.entries(query)) {
                for (const one of [value].flat()) {
                  search.append(name, String(one));
                }
              }
              const abort = new AbortController();
              const response = await fetch(
                `http://127.0.0.1:${portal.server.port()}${url}?${search}`,
                {
                  method: method.toUpperCase(),
                  signal: abort.signal,
                  body: json,
                  headers: {
                    ...headers,
                    ...(contentType && { 'content-type': contentType }),
                    ...(documented.operation.requestBody
                      ? { 'notifications-secret': SECRET }
                      : { authorization: mockCredentials.user.header(GUEST) }),
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
            },
          ),
          { numRuns: 150 },
        );
      },
    );
  },
);
