import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import {
  bold,
  coloured,
  inlineCode,
  inlineEquation,
  italic,
  link,
  mention,
  text,
} from '../notion/richText';
import { zcpOperate } from './zcpOperate';
import { zcpReference } from './zcpReference';

const supportNotice = b
  .syncedBlock()
  .as('zcp/support-notice')
  .with(
    b.callout(
      ['Support answers on working days. ', bold('Name your cluster.')],
      { color: 'blue_background', emoji: 'ℹ️' },
    ),
    b.paragraph('The portal lists planned maintenance.'),
  );

const gettingStarted = page('Getting started')
  .as('zcp/getting-started')
  .withIcon('🚀')
  .with(
    b.breadcrumb(),
    b.tableOfContents(),
    b.heading1('Before you begin').as('zcp/before-you-begin'),
    b.paragraph(
      'You need an account in the ',
      link('console', 'https://console.example.com/login?next=%2Fhome&tab=1'),
      ' and the role ',
      inlineCode('zcp:developer'),
      '.',
    ),
    b.toDo('Ask your team lead for the role', true),
    b.toDo(['Install ', inlineCode('zcpctl')]),
    b.heading2('Installing'),
    b
      .numbered('Download the binary')
      .with(
        b
          .bulleted('Linux')
          .with(b.code('curl -fsSL get.example.com | sh', 'shell')),
        b.bulleted('macOS and Windows: from the console'),
      ),
    b.numbered('Log in'),
    b.code('zcpctl login --project "{{ project }}"', 'bash', [
      'Logging in; ',
      italic('braces stay'),
    ]),
    b.image('console.png', 'The console after the first login'),
    b.divider(),
    supportNotice,
    page('Installing behind a proxy')
      .as('zcp/proxy')
      .with(
        b.paragraph('Set ', inlineCode('HTTPS_PROXY'), ' for the agent.'),
        b.file('values.yaml', 'An example to begin with'),
        b.linkToPage(notionId('zcp/getting-started')),
      ),
  );

const architecture = page('Architecture')
  .as('zcp/architecture')
  .withIcon('🏗️')
  .withCover('photo.jpg')
  .with(
    b.image('architecture.png', ['Overview, ', bold('2026')]),
    b.columns(
      [b.heading3('Control plane'), b.paragraph('Schedules work.')],
      [b.heading3('Workers'), b.bulleted('Run it'), b.bulleted('Report back')],
    ),
    b
      .heading2('Details', { toggleable: true })
      .with(
        b.paragraph('A toggle heading holds this paragraph.'),
        b.heading4('Fourth level'),
        b.equation('\\sum_{i=1}^{n} x_i \\le \\frac{n}{2}'),
      ),
    b.paragraph('Latency is ', inlineEquation('O(\\log n)'), ' per call.'),
    b.table(
      [
        ['Part', 'Port', 'Note'],
        ['API', inlineCode('8443'), 'a | b'],
        ['Agent', '9100', 'first line\nsecond line'],
        ['', '', ['empty cells, ', inlineCode('x || y')]],
      ],
      { columnHeader: true, rowHeader: true },
    ),
    b.syncedCopy(notionId('zcp/support-notice')),
    b.tabs(
      { label: 'Helm', content: [b.code('replicas: 2', 'yaml')] },
      { label: 'Terraform', content: [b.code('count = 2', 'hcl')] },
    ),
  );

const mentions = page('Links and mentions')
  .as('zcp/links')
  .with(
    b.paragraph(
      'See ',
      mention.page(notionId('zcp/architecture'), 'Architecture'),
      ', ',
      mention.database(notionId('apim/errors'), 'Error codes'),
      ', asked by ',
      mention.user(),
      ' on ',
      mention.date('2026-11-22', '2026-11-24'),
      '.',
    ),
    b.paragraph(
      mention.link_preview('https://github.com/example/zcp/pull/7'),
      ' ',
      mention.link_mention('https://example.com/post', 'A post'),
      ' ',
      mention.template_mention(),
      ' ',
      mention.custom_emoji('zcp'),
    ),
    b.paragraph(
      link(
        'a heading elsewhere',
        `https://www.notion.so/Getting-started-${notionId(
          'zcp/getting-started',
        ).replaceAll('-', '')}#${notionId('zcp/before-you-begin').replaceAll(
          '-',
          '',
        )}`,
      ),
      ', ',
      link('a path', `/${notionId('zcp/architecture').replaceAll('-', '')}`),
      ' and ',
      link(
        'a page outside',
        'https://www.notion.so/0123456789abcdef0123456789abcdef',
      ),
      '.',
    ),
    b.bookmark('https://example.com/zcp', 'The product page'),
    b.embed('https://www.figma.com/file/abc?node-id=1%3A2'),
    b.linkPreview('https://github.com/example/zcp'),
    b.linkToDatabase(notionId('apim/errors')),
  );

const hostile = page('{Hostile} <Text> & "quotes"')
  .as('zcp/hostile')
  .with(
    b.paragraph('import React from "react"'),
    b.paragraph('export const meta = {}'),
    b.paragraph('A brace { alone, {pair}, ${expr}, {/* comment */}'),
    b.paragraph('<div>, </div>, <br/>, a < b > c, <!-- no comment -->, &amp;'),
    b.paragraph('# no heading, - no list, 1. no list, > no quote, --- no rule'),
    b.paragraph(':::note\nno admonition\n:::'),
    b.paragraph('*stars* _lines_ `ticks` ~~tildes~~ [label](url) ![alt](src)'),
    b.paragraph('Not a picture, :key: nor :warning:, as in "role:key:value"'),
    b.paragraph('$math$ and $$block$$ and \\backslash and | pipes |'),
    b.paragraph(
      text(' bold with spaces ', { bold: true }),
      text('next', { italic: true }),
      text('to', { bold: true, italic: true }),
      text('each', { code: true, bold: true }),
      text('other', { strikethrough: true, underline: true }),
    ),
    b.paragraph(''),
    b.paragraph('one line\nanother line\n\nafter an empty one'),
    b.code('```\nfence in a fence\n```\n{jsx} <Tag/>', 'markdown'),
    b.code('<Tabs><Tab value={1}/></Tabs>', 'matlab'),
    b.code('const a = <b>{c}</b>;', 'julia'),
    b.quote('Quote with <tag> and {brace}').with(b.paragraph('and a child')),
    b.heading2('Same heading'),
    b.heading2('Same heading'),
    b.heading2('{curly} <angle> #hash'),
    b.table([
      ['a|b', '{c}', '<d>'],
      ['`|`', '\\|', '| | |'],
    ]),
  );

/** Every colour a callout is told apart by, and lists in whatever may hold them. */
const notices = page('Notices')
  .as('zcp/notices')
  .with(
    b.callout('A tip', { color: 'green_background', emoji: '✅' }),
    b.callout('A warning', { color: 'yellow_background', emoji: '⚠️' }),
    b
      .callout('A danger', { color: 'red_background', emoji: '🔥' })
      .with(
        b.bulleted('first').with(b.toDo('nested'), b.code('x', 'plain text')),
      ),
    b.callout('A note', { color: 'default', emoji: '📝' }),
    b
      .toggle('More ', inlineCode('<details>'))
      .with(
        b.paragraph('Hidden at first'),
        b.numbered('one'),
        b.numbered('two'),
      ),
    b.paragraph(
      coloured('red', 'red'),
      ' and ',
      text('marked', { color: 'yellow_background' }),
      ' and ',
      text('underlined', { underline: true }),
    ),
  );

export const zcp = page('Cloud Platform manual')
  .as('zcp')
  .withIcon('☁️')
  .with(
    b.paragraph('Everything about ', bold('ZCP'), ', for developers.'),
    gettingStarted,
    architecture,
    zcpOperate,
    zcpReference,
    mentions,
    notices,
    hostile,
    page('../../etc/passwd')
      .as('zcp/traversal')
      .with(b.paragraph('A title that looks like a path.')),
    page('FAQ')
      .as('zcp/faq-1')
      .with(b.paragraph('The first of two equal titles.')),
    page('FAQ')
      .as('zcp/faq-2')
      .with(b.paragraph('The second of two equal titles.')),
  );
