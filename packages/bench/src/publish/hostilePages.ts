import { PageDraft, blocks, notionId, page, rich } from '@herald/sandbox';

/** What people write about software, and what is not MDX as it stands. Each page alone breaks an export that does not escape. */
const hostile: readonly PageDraft[] = [
  page('Braces').with(
    blocks.paragraph('Set {name} in the template, and ${HOME} in the shell.'),
    blocks.paragraph('An opening { that nobody closes.'),
  ),
  page('Angle brackets').with(
    blocks.paragraph('Call get<T>(id) where a < b, with the <token> of yours.'),
    blocks.bulleted('<div> is opened here').with(blocks.paragraph('<br>')),
  ),
  page('Imports').with(
    blocks.paragraph('import the file first, then go on'),
    blocks.paragraph('export is a word, too'),
  ),
  page('Comments and addresses').with(
    blocks.paragraph('<!-- not a comment -->'),
    blocks.paragraph('Write to <ada@example.com> or see <https://example.com>'),
  ),
  page('Tables and notes').with(
    blocks.paragraph('What stands in other blocks.'),
    blocks.table([
      ['Header {x}', 'a|b'],
      ['<id>', 'one\ntwo'],
    ]),
    blocks.callout('A note with {braces} and <angles>'),
    blocks.toggle('Summary with <b').with(blocks.paragraph('{inside}')),
    blocks.heading2([
      'A heading with {curly} ',
      rich.text('<b>', { bold: true }),
    ]),
  ),
];

export const HOSTILE_PAGES = hostile.length;

/** A tree that docu-notion takes as well as the others: text only in pages without pages below. */
export const hostileRoot = page('Hostile')
  .as('hostile')
  .with(page('Outline').with(page('Pages').with(...hostile)));

export const hostileRootId = notionId('hostile');
