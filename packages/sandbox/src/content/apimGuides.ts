import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import { bold, inlineCode, italic, link, mention } from '../notion/richText';
import { copiedLink } from './notionUrls';

const firstApi = page('Publish your first API')
  .as('apim/first-api')
  .with(
    b.paragraph('From a description to a first call, in about ten minutes.'),
    b.heading2('1. Describe it'),
    b.code(
      'openapi: 3.1.0\ninfo:\n  title: Orders\n  version: 1.0.0\npaths:\n  /orders/{id}:\n    get:\n      responses:\n        "200":\n          description: The order',
      'yaml',
      'orders.yaml',
    ),
    b.heading2('2. Import it'),
    b.paragraph('In the console: ', bold('APIs → Import'), '. Or:'),
    b.code('apimctl import orders.yaml --stage test', 'bash'),
    b.image('console.png', 'The list after the import'),
    b.heading2('3. Call it'),
    b.tabs(
      {
        label: 'curl',
        content: [
          b.code(
            'curl -H "X-Api-Key: $KEY" https://api.example.com/test/orders/17',
            'bash',
          ),
        ],
      },
      {
        label: 'JavaScript',
        content: [
          b.code(
            "const answer = await fetch(`${base}/orders/${id}`, {\n  headers: { 'X-Api-Key': key },\n});",
            'javascript',
          ),
        ],
      },
      {
        label: 'Java',
        content: [
          b.code(
            'HttpRequest.newBuilder(URI.create(base + "/orders/17"))\n    .header("X-Api-Key", key)\n    .build();',
            'java',
          ),
        ],
      },
    ),
    b.callout(
      [
        'It answers 401? See ',
        link(
          'Troubleshooting',
          copiedLink('Troubleshooting', 'apim/troubleshooting'),
        ),
      ],
      {
        color: 'red_background',
        emoji: '🔑',
      },
    ),
  );

const rateLimits = page('Rate limits')
  .as('apim/rate-limits')
  .with(
    b.paragraph('Counted per key, in a window that slides.'),
    b.code(
      '<rate-limit calls="300" per="60s">\n  <key>{{ request.headers["x-api-key"] }}</key>\n</rate-limit>',
      'xml',
    ),
    b.heading2('What a caller sees'),
    b.table([
      ['Header', 'Example', 'Meaning'],
      [inlineCode('RateLimit-Remaining'), '12', 'Calls left'],
      [inlineCode('RateLimit-Reset'), '41', 'Seconds until all are back'],
      [inlineCode('Retry-After'), '3', 'With 429 only'],
    ]),
    b.heading2('Choosing a number'),
    b.paragraph('Measure for a week, take the 99th percentile, double it.'),
    b.equation('limit = 2 \\cdot P_{99}(calls)'),
    b.quote('A limit that nobody reaches protects nobody.'),
  );

const caching = page('Caching')
  .as('apim/caching')
  .with(
    b.paragraph('Answers to GET are kept when the service allows it.'),
    b.heading2('What is kept'),
    b.bulleted('200, 203, 301, 404, 410'),
    b.bulleted('up to 2 MiB'),
    b.bulleted('nothing with ', inlineCode('Set-Cookie')),
    b.heading2('Key'),
    b.paragraph(
      'Method, path, query in order, and the headers that ',
      inlineCode('Vary'),
      ' names. ',
      italic('Never'),
      ' the authorization.',
    ),
    b
      .toggle('Emptying it')
      .with(
        b.code('apimctl cache purge --api orders --path "/orders/*"', 'bash'),
        b.paragraph('Takes up to a minute in all regions.'),
      ),
  );

const policies = page('Policies')
  .as('apim/policies')
  .with(
    b.paragraph(
      'What happens between caller and service. Policies run in the order of this list, and back again for the answer.',
    ),
    b.numbered('authentication'),
    b.numbered(mention.page(notionId('apim/rate-limits'), 'Rate limits')),
    b.numbered(mention.page(notionId('apim/caching'), 'Caching')),
    b.numbered('transformation'),
    rateLimits,
    caching,
  );

const troubleshooting = page('Troubleshooting')
  .as('apim/troubleshooting')
  .with(
    b.paragraph(
      'Start with the status, then with the code in the body: see ',
      mention.database(notionId('apim/errors'), 'Error codes'),
      '.',
    ),
    b.heading2('401'),
    b.bulleted('The key is of another stage.'),
    b.bulleted(
      'The header is ',
      inlineCode('X-Api-Key'),
      ', not ',
      inlineCode('Api-Key'),
      '.',
    ),
    b.heading2('502'),
    b.bulleted('The service closed the connection: compare time-outs.').with(
      b.table([
        ['Who', 'Seconds'],
        ['caller', '60'],
        ['gateway', '30'],
        ['service', '29'],
      ]),
    ),
    b.heading2('504'),
    b.paragraph('The service is slow. The trace names the part that is.'),
    b.embed(
      'https://status.example.com/embed?theme=light',
      'Status of the gateways',
    ),
  );

/** Two pages of one title in one folder, and a title that folders of the other manuals have, too. */
export const apimGuides = page('Guides')
  .as('apim/guides')
  .withIcon('🧰')
  .with(
    b.paragraph('One task a page.'),
    page('Overview')
      .as('apim/overview')
      .with(
        b.paragraph('Callers, gateway, services: who talks to whom.'),
        b.image('architecture.png', 'The path of a call'),
      ),
    page('Overview')
      .as('apim/overview-old')
      .with(
        b.callout('Kept for those who run version 1.', {
          color: 'gray_background',
          emoji: '🗄️',
        }),
        b.paragraph('Version 1 had one gateway and no stages.'),
      ),
    firstApi,
    policies,
    troubleshooting,
  );
