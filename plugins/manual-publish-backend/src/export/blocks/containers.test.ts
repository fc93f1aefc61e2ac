import { blocks as b, notionId, page, rich } from '@herald/sandbox';
import { convert, mdxOf } from '../__testUtils__/mdxOf';
import { snapshotOf, snapshotWith } from '../__testUtils__/snapshotOf';
import { everythingThere } from '../__testUtils__/contexts';
import { convertPage } from '../convertPage';

describe('callout', () => {
  it.each([
    ['green', 'tip'],
    ['green_background', 'tip'],
    ['blue_background', 'info'],
    ['yellow', 'warning'],
    ['red_background', 'danger'],
    ['gray_background', 'note'],
    ['default', 'note'],
    ['orange', 'note'],
  ] as const)('in %s is a %s', (color, kind) => {
    expect(mdxOf(b.callout('Text', { color }))).toBe(
      `:::${kind}\n💡 Text\n:::`,
    );
  });

  it('holds what is below it, also others', () => {
    expect(
      mdxOf(
        b
          .callout('Text', { emoji: '🔥' })
          .with(b.bulleted('a'), b.callout('in')),
      ),
    ).toBe('::::note\n🔥 Text\n\n- a\n\n:::note\n💡 in\n:::\n::::');
  });
});

describe('what opens and closes', () => {
  it('has its summary on a line of its own', () => {
    expect(
      mdxOf(b.toggle('More ', rich.inlineCode('<b>')).with(b.numbered('one'))),
    ).toBe('<details>\n<summary>More `<b>`</summary>\n\n1. one\n\n</details>');
  });

  it('has something to click on without text', () => {
    expect(mdxOf(b.toggle('').with(b.paragraph('in')))).toBe(
      '<details>\n<summary>…</summary>\n\nin\n\n</details>',
    );
  });

  it.each([
    ['template', b.template('Add')],
    ['meeting notes', b.meetingNotes('Add')],
    ['a transcription', b.transcription('Add')],
  ])('is what %s becomes', (_, draft) => {
    expect(mdxOf(draft.with(b.paragraph('in')))).toBe(
      '<details>\n<summary>Add</summary>\n\nin\n\n</details>',
    );
  });
});

describe('columns and tabs', () => {
  it('are components of the site', () => {
    expect(mdxOf(b.columns([b.paragraph('a')], [b.paragraph('b')]))).toBe(
      '<Columns>\n<Column width="50">\n\na\n\n</Column>\n<Column width="50">\n\nb\n\n</Column>\n</Columns>',
    );
    expect(
      mdxOf(
        b.tabs(
          { label: 'A "1"', content: [b.code('x', 'yaml')] },
          { label: '', content: [] },
        ),
      ),
    ).toBe(
      '<Tabs>\n<TabItem value="1" label="A &quot;1&quot;">\n\n```yaml\nx\n```\n\n</TabItem>\n<TabItem value="2" label="2" />\n</Tabs>',
    );
  });
});

describe('synced block', () => {
  const copy = b
    .syncedCopy(notionId('source'))
    .with(b.heading1('Same').as('heading'));

  it('is written at each of its places, with ids of their own, and names its source', () => {
    const { text, syncedSources } = convert(
      {},
      copy,
      b.syncedCopy(notionId('source')).with(b.heading1('Same').as('heading')),
    );
    expect(text).toBe('## Same {/* #same */}\n\n## Same {/* #same-1 */}');
    expect(syncedSources).toEqual([notionId('source')]);
  });

  it('that could not be read is a placeholder and a warning', () => {
    const snapshot = snapshotWith(b.syncedCopy(notionId('gone')).as('copy'));
    const blocks = snapshot.blocks.map(node => ({
      ...node,
      problem: 'not shared',
    }));
    const { root, warnings } = convertPage(
      { ...snapshot, blocks },
      everythingThere,
    );
    expect(root.children).toHaveLength(1);
    expect(warnings).toEqual([
      {
        code: 'unread-block',
        message:
          'What is in a synced_block block could not be read: not shared',
        pageId: notionId('page'),
        blockId: notionId('copy'),
      },
    ]);
  });
});

describe('blocks that are not written', () => {
  const bare = (key: string) => notionId(key).replaceAll('-', '');

  it('are named, and linked to', () => {
    const { text, warnings } = convert({}, b.unsupported('button').as('it'));
    expect(text).toBe(
      `_[This part is in Notion only: button](https://www.notion.so/${bare(
        'page',
      )}#${bare('it')})_`,
    );
    expect(warnings).toMatchObject([
      { code: 'unsupported-block', blockId: notionId('it') },
    ]);
  });

  it('are named in what a file may hold', () => {
    expect(mdxOf(b.unsupported('a\0b'))).toContain('only: a\uFFFDb]');
  });

  it('of types of the future keep what is below them', () => {
    const snapshot = snapshotOf(
      page('P').with(b.paragraph('x').with(b.paragraph('below'))),
    );
    const blocks = snapshot.blocks.map(node => ({
      ...node,
      block: Object.assign({}, node.block, { type: 'hologram' }),
    }));
    const { root, warnings } = convertPage(
      { ...snapshot, blocks },
      everythingThere,
    );
    expect(JSON.stringify(root)).toContain('hologram');
    expect(JSON.stringify(root)).toContain('below');
    expect(warnings.map(each => each.code)).toEqual(['unsupported-block']);
  });
});
