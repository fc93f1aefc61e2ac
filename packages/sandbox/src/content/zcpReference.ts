import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import { bold, inlineCode, link, mention } from '../notion/richText';
import { addressForms, copiedLink, pathTo } from './notionUrls';

const COMMANDS = [
  ['login', 'Signs in with the browser, or with a token'],
  ['project list', 'Shows the projects that you may see'],
  ['project use', 'Chooses the project of the commands that follow'],
  ['cluster create', 'Creates a cluster and waits until it answers'],
  ['cluster delete', 'Deletes a cluster and all of its volumes'],
  ['pool create', 'Adds a pool to a cluster'],
  ['pool update', 'Changes the limits of a pool'],
  ['backup list', 'Shows copies, the newest first'],
  ['backup restore', 'Restores a copy under another name'],
  ['upgrade check', 'Finds what the next version no longer has'],
  ['logs', 'Follows the log of a workload'],
  ['version', 'Shows the versions of client and platform'],
] as const;

const commandLine = page('zcpctl')
  .as('zcp/zcpctl')
  .with(
    b.paragraph('All commands, with what they are most often called with.'),
    b.heading2('Settings'),
    b.table([
      ['Flag', 'Variable', 'Meaning'],
      [inlineCode('--project'), inlineCode('ZCP_PROJECT'), 'The project'],
      [
        inlineCode('--output'),
        '',
        [inlineCode('text|json|yaml'), ', text by default'],
      ],
      [
        inlineCode('--timeout'),
        inlineCode('ZCP_TIMEOUT'),
        'How long a command waits',
      ],
    ]),
    b.heading2('Commands'),
    ...COMMANDS.flatMap(([command, meaning]) => [
      b.heading3(inlineCode(command)),
      b.paragraph(`${meaning}.`),
      b.code(`zcpctl ${command} --help`, 'shell'),
    ]),
  );

const quotas = page('Quotas')
  .as('zcp/quotas')
  .with(
    b
      .paragraph(
        'Each project begins with these. Ask support for more, with a reason and a date.',
      )
      .as('zcp/quotas-first'),
    b.table([
      ['What', 'Standard', 'At most'],
      ['Clusters', '3', '20'],
      ['Nodes', '50', '1 000'],
      ['Volumes', '10 TiB', '500 TiB'],
      ['Addresses', '5', '64'],
    ]),
    b.heading2('The API').as('zcp/quotas-api'),
    b.paragraph(
      'Reading: 600 a minute. Writing: 60 a minute. Above that: 429.',
    ),
    b.paragraph(
      'Where it hurts: ',
      link('A pod stays pending', pathTo('zcp/operate-troubleshooting')),
    ),
  );

const releaseNotes = page('Release notes')
  .as('zcp/release-notes')
  .with(
    ...['2026.11', '2026.10', '2026.09', '2026.08'].flatMap(version => [
      b.heading2(version),
      b.heading3('New'),
      b.bulleted('Pools of another architecture'),
      b.bulleted('Copies into a region of your choice'),
      b.heading3('Mended'),
      b.bulleted('A restored volume keeps its labels'),
      b.bulleted(inlineCode('zcpctl logs'), ' no longer ends after an hour'),
    ]),
  );

/** Text that links to a page and to a heading, in every form that addresses have. */
const linkForms = page('Ways to link')
  .as('zcp/link-forms')
  .with(
    b.heading2('Here').as('zcp/link-forms-here'),
    ...Object.entries(addressForms).map(([form, address]) =>
      b.bulleted(
        `${form}: `,
        link('Autoscaling', address('zcp/autoscaling')),
        ', ',
        link(
          'what it looks at',
          address('zcp/autoscaling', 'zcp/autoscaling-inputs'),
        ),
      ),
    ),
    b.bulleted('copied: ', link('Quotas', copiedLink('Quotas', 'zcp/quotas'))),
    b.bulleted(
      'this page: ',
      link('above', pathTo('zcp/link-forms', 'zcp/link-forms-here')),
    ),
    b.bulleted('another manual: ', link('Alerts', pathTo('amdp/alerts'))),
    b.bulleted(
      'in the trash of somebody else: ',
      link('gone', pathTo('nobody/gone')),
    ),
    b.bulleted(
      'a block that is gone: ',
      link('Quotas', pathTo('zcp/quotas', 'nobody/gone')),
    ),
    b.bulleted(
      'not Notion: ',
      link(
        'a look-alike',
        'https://notion.so.example.com/0123456789abcdef0123456789abcdef',
      ),
    ),
    b.paragraph(
      'And as a mention: ',
      mention.page(notionId('amdp/alerts'), 'Alerts'),
      ', ',
      bold('not found: '),
      mention.page(notionId('nobody/gone'), 'Untitled'),
    ),
    b.linkToPage(notionId('zcp/scale-down-example')),
  );

export const zcpReference = page('Reference')
  .as('zcp/reference')
  .withIcon('📚')
  .with(commandLine, quotas, releaseNotes, linkForms);
