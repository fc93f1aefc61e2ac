import { blocks as b, page, rich } from '@herald/sandbox';
import { convert, mdxOf } from '../__testUtils__/mdxOf';

describe('paragraph', () => {
  it('is followed by what is below it', () => {
    expect(
      mdxOf(b.paragraph('one').with(b.paragraph('below')), b.paragraph('two')),
    ).toBe('one\n\nbelow\n\ntwo');
  });

  it('is left out when it is empty', () => {
    expect(
      mdxOf(b.paragraph('one'), b.paragraph(' \n '), b.paragraph('two')),
    ).toBe('one\n\ntwo');
  });

  it('keeps its lines', () => {
    expect(mdxOf(b.paragraph('one\ntwo\n\nfour\n'))).toBe(
      'one\\\ntwo\\\n\\\nfour',
    );
  });
});

describe('headings', () => {
  it('begin at the second level, and keep their distance', () => {
    expect(mdxOf(b.heading2('A'), b.heading4('B'), b.heading3('C'))).toBe(
      '## A {/* #a */}\n\n#### B {/* #b */}\n\n### C {/* #c */}',
    );
  });

  it('hold lines as breaks', () => {
    expect(mdxOf(b.heading1('one\ntwo'))).toBe(
      '## one<br />two {/* #one-two */}',
    );
  });

  it('are the summary of their details when they open and close', () => {
    expect(
      mdxOf(b.heading1('More', { toggleable: true }).with(b.paragraph('in'))),
    ).toBe(
      '<details>\n<summary>\n\n## More {/* #more */}\n\n</summary>\n\nin\n\n</details>',
    );
  });

  it('are left out when they are empty, what is below is not', () => {
    expect(
      mdxOf(b.heading1('', { toggleable: true }).with(b.paragraph('in'))),
    ).toBe('in');
  });
});

describe('lists', () => {
  it('join items that follow each other, and nest', () => {
    expect(
      mdxOf(
        b
          .bulleted('a')
          .with(b.numbered('one').with(b.bulleted('deep')), b.numbered('two')),
        b.bulleted('b'),
        b.numbered('other'),
      ),
    ).toBe('- a\n  1. one\n     - deep\n  2. two\n- b\n\n1. other');
  });

  it('have an empty line before MDX, which is no part of their text', () => {
    expect(
      mdxOf(b.bulleted('a').with(b.code('<Columns>\n</Columns>', 'matlab'))),
    ).toBe('- a\n\n  ```mdx-code-block\n  <Columns>\n  </Columns>\n  ```');
  });

  it('hold anything', () => {
    expect(
      mdxOf(
        b
          .bulleted('a')
          .with(
            b.code('x', 'yaml'),
            b.callout('note'),
            b.table([['h']]),
            b.quote('q'),
          ),
      ),
    ).toBe(
      [
        '- a',
        '  ```yaml',
        '  x',
        '  ```',
        '',
        '  :::note',
        '  💡 note',
        '  :::',
        '',
        '  | h |',
        '  | - |',
        '',
        '  > q',
      ].join('\n'),
    );
  });

  it('tell what is done', () => {
    expect(mdxOf(b.toDo('open'), b.toDo('done', true))).toBe(
      '- [ ] open\n- [x] done',
    );
  });

  it('begin where Notion begins them', () => {
    const draft = b.numbered('third');
    const { content } = draft;
    const third = Object.assign(draft, {
      content: (issue: Parameters<typeof content>[0]) => {
        const block = content(issue);
        if (block.type === 'numbered_list_item') {
          block.numbered_list_item = {
            ...block.numbered_list_item,
            list_start_index: 3,
          };
        }
        return block;
      },
    });
    expect(mdxOf(third, b.numbered('fourth'))).toBe('3. third\n4. fourth');
  });

  it('of different kinds stay apart', () => {
    expect(mdxOf(b.bulleted('a'), b.toDo('b'), b.bulleted('c'))).toBe(
      '- a\n\n* [ ] b\n\n- c',
    );
  });
});

describe('quotes, rules, formulas', () => {
  it('keep what is below a quote in it', () => {
    expect(mdxOf(b.quote('q').with(b.bulleted('a')))).toBe('> q\n>\n> - a');
  });

  it('write rules and formulas', () => {
    expect(mdxOf(b.divider(), b.equation('a\n\n= b'))).toBe(
      '___\n\n$$\na\n= b\n$$',
    );
  });

  it('are no place for fences of MDX, which Docusaurus would take away', () => {
    expect(mdxOf(b.equation('```mdx-code-block\n{x\n```'))).toBe(
      '$$\n```\tmdx-code-block\n{x\n```\n$$',
    );
  });

  it('leave out what the site shows by itself', () => {
    expect(mdxOf(b.breadcrumb(), b.tableOfContents(), b.paragraph('x'))).toBe(
      'x',
    );
  });
});

describe('code', () => {
  it('has the language that Prism knows', () => {
    expect(mdxOf(b.code('x', 'c++'))).toBe('```cpp\nx\n```');
    expect(mdxOf(b.code('x'))).toBe('```text\nx\n```');
    expect(mdxOf(b.code('<b>{c}</b>', 'julia'))).toBe(
      '```jsx\n<b>{c}</b>\n```',
    );
  });

  it('has the name of a file as its title, and other captions below', () => {
    expect(mdxOf(b.code('a: 1', 'yaml', 'values.yaml'))).toBe(
      '```yaml title="values.yaml"\na: 1\n```',
    );
    expect(mdxOf(b.code('a: 1', 'yaml', ['To ', rich.bold('begin')]))).toBe(
      '<figure>\n\n```yaml\na: 1\n```\n\n<figcaption>To **begin**</figcaption>\n\n</figure>',
    );
  });

  it('is a part of the page when it is MDX that runs nothing', () => {
    const mdx =
      '<Tabs>\n<TabItem value="a" label="A">\n\ntext\n\n</TabItem>\n</Tabs>';
    expect(mdxOf(b.code(mdx, 'matlab'))).toBe(
      '```mdx-code-block\n' + `${mdx}\n` + '```',
    );
  });

  it('may have text, pictures and links of the web', () => {
    const mdx =
      '<p id="a">[a](https://example.com) [m](mailto:a@example.com) <a href="https://example.com/">b</a></p>\n\n![c](https://example.com/c.png)';
    expect(mdxOf(b.code(mdx, 'matlab'))).toBe(
      '```mdx-code-block\n' + `${mdx}\n` + '```',
    );
  });

  it.each([
    '<Tabs>\n<TabItem value="a">a</TabItem>\n<TabItem value={"1"}>b</TabItem>\n</Tabs>',
    '<Tabs groupId="os" queryString defaultValue="b">\n<TabItem value="a">a</TabItem>\n<TabItem value="b">b</TabItem>\n</Tabs>',
    '<Tabs>\n\n{/* the first */}\n\n<TabItem value="a">\n\n<Tabs>\n<TabItem value="a">a</TabItem>\n</Tabs>\n\n</TabItem>\n</Tabs>',
    '<Tabs defaultValue={null} lazy><TabItem value="a" default>a</TabItem></Tabs>',
    '<Tabs lazy={true} groupId="os" queryString={true}><TabItem value="a" default={true}>a</TabItem></Tabs>',
    '<Details summary="More" open={true}>a</Details>',
    '<FileLink name="a" size="1500" url="https://example.com/a" />',
    ':::note A *title*\n\na\n\n:::',
    `${'>'.repeat(100)} a`,
    '~~~js {1,3-5} title="a.js"\na\n~~~',
    'a<br></br>b<br/><wbr/>\n\n<img src="https://example.com/a.png" alt="a" />\n\n<hr />',
  ])('may have tabs, and elements with nothing in them (%#)', mdx => {
    expect(mdxOf(b.code(mdx, 'matlab'))).toBe(
      '```mdx-code-block\n' + `${mdx}\n` + '```',
    );
  });

  it.each([
    ['does not compile', '<Tabs>'],
    ...'br col hr img source track wbr'.split(' ').flatMap(name => [
      [`has text in ${name}`, `<${name}>a</${name}>`],
      [`has a space in ${name}`, `a <${name}> </${name}>`],
      [`has a comment in ${name}`, `<${name}>{/* a */}</${name}>`],
      [`has the attribute children at ${name}`, `<${name} children="a" />`],
    ]),
    ['gives its content as an attribute', '<Column children="a" />'],
    ['has no tab in its tabs', '<Tabs>\n</Tabs>'],
    ['has text in its tabs', '<Tabs>\n\na\n\n</Tabs>'],
    [
      'has text beside its tabs',
      '<Tabs>\n<TabItem value="a">a</TabItem> b\n</Tabs>',
    ],
    [
      'has a space between its tabs, which stays',
      'a <Tabs><TabItem value="a">a</TabItem> <TabItem value="b">b</TabItem></Tabs>',
    ],
    [
      'has a line ending between its tabs, which stays in a text',
      'a <Tabs>\n<TabItem value="a">a</TabItem>\n</Tabs> b',
    ],
    [
      'has a line ending between its tabs, which stays without one around them',
      '<Tabs><TabItem value="a">a</TabItem>\n<TabItem value="b">b</TabItem></Tabs>',
    ],
    [
      'has a number in its tabs',
      '<Tabs>\n<TabItem value="a">a</TabItem>\n\n{1}\n\n</Tabs>',
    ],
    [
      'has something else in its tabs',
      '<Tabs>\n<div><TabItem value="a">a</TabItem></div>\n</Tabs>',
    ],
    ['has a tab without a value', '<Tabs>\n<TabItem>a</TabItem>\n</Tabs>'],
    ['has a tab of no value', '<Tabs><TabItem value>a</TabItem></Tabs>'],
    [
      'has two tabs of one value',
      '<Tabs>\n<TabItem value="a">a</TabItem>\n<TabItem value={"a"}>b</TabItem>\n</Tabs>',
    ],
    [
      'gives a tab its value twice',
      '<Tabs><TabItem value="b" value="a">a</TabItem>\n<TabItem value="a">b</TabItem></Tabs>',
    ],
    [
      'begins with a tab that is not there',
      '<Tabs defaultValue="b"><TabItem value="a">a</TabItem></Tabs>',
    ],
    [
      'lists the values of its tabs',
      '<Tabs values="a"><TabItem value="a">a</TabItem></Tabs>',
    ],
    [
      'has tabs in the address without a name',
      '<Tabs queryString><TabItem value="a">a</TabItem></Tabs>',
    ],
    [
      'begins with a number, which is no value of a tab',
      '<Tabs defaultValue={1}><TabItem value="1">a</TabItem></Tabs>',
    ],
    [
      'has a tab whose value is a number',
      '<Tabs><TabItem value={1}>a</TabItem></Tabs>',
    ],
    ...[
      '<CodeBlock language="js">a</CodeBlock>',
      '<Admonition type="note">a</Admonition>',
    ].map(mdx => [`uses ${mdx}, which takes an import`, mdx]),
    ...'Audio FileLink Pdf Video'
      .split(' ')
      .map(name => [
        `has an address of the web as the file of ${name}`,
        `<${name} src="https://x.example/a" />`,
      ]),
    ...['0.5', '0', '-1', 'NaN', '1e3', ''].map(size => [
      `has a file of the size "${size}"`,
      `<FileLink name="a" size="${size}" url="https://x.example/a"/>`,
    ]),
    [
      'gives a component what it does not take',
      '<Bookmark url="https://x.example" name="a" />',
    ],
    ...[
      '1-999999999',
      '999999999-1',
      '2,1-999999999',
      '1-9000,1-9000',
      '9007199254740993-9007199254740995',
      '-999999999--1',
    ].map(lines => [
      `marks the lines ${lines} of a fence`,
      `~~~js title="a" {${lines}}\na\n~~~`,
    ]),
    ['has a tab outside of tabs', '<TabItem value="a">a</TabItem>'],
    ['has a fence without its end', '~~~\n<Tabs>'],
    ['has a formula without its end', '$$\nx'],
    ['has a directive without its end', ':::note\na'],
    ['has a titled admonition without its end', ':::note A\n\na'],
    [
      'has a titled admonition without its end in a column',
      '<Columns>\n\n:::note A\n\na\n\n</Columns>',
    ],
    [
      'has a titled admonition in an attribute',
      '<p title="\n:::note A\n">a</p>',
    ],
    ['has a thousand quotes in each other', `${'>'.repeat(1000)} a`],
    ['uses what the site does not have', '<Tabs><Tab value={1}/></Tabs>'],
    ['imports', 'import fs from "fs"\n\n# a'],
    [
      'runs code in what is front matter only at the top of a file',
      '---\n\nexport const a = process.env\n\n{a.HOME}\n\n---',
    ],
    ['runs an expression', 'a {process.env.HOME}'],
    ['runs an expression in an attribute', '<Tabs groupId={x()} />'],
    ['spreads', '<Tabs {...x} />'],
    ['has a handler', '<div onclick="x()">a</div>'],
    ['is a script', '<script src="https://example.com/x.js" />'],
    ['links to a script', '<a href=" javascript:x()">a</a>'],
    ['links to a script in disguise', '<a href="java&#9;script:x()">a</a>'],
    ['links to a script in an expression', `<a href={"javascript:x()"}>a</a>`],
    [
      'names a script where no address is meant',
      '<Tabs groupId="java&#10;script:x()" />',
    ],
    ['links to a script as Markdown does', '[a](javascript:x%28%29)'],
    ['links to a script below', '[a][b]\n\n[b]: javascript:x'],
    ['shows an image that is data', '![a](data:image/svg+xml,x)'],
    ['has a space before an address', '[a](< https://example.com>)'],
    ['has a line ending in an address', '[a](ht&#10;tps://example.com)'],
    ['has a tab before an address', '[a]\n\n[a]: <&#9;https://example.com>'],
    ['links to a file, which may not be there', '[a](./nope.mdx)'],
    ['shows a file, which may not be there', '<img src="nope.png" />'],
    ['has a style, which React does not take', '<p style="color:red">a</p>'],
    ['has a handler at an admonition', ':::note{onClick=x}\na\n:::'],
    ['has a style at a word', ':a[x]{style="color:red"}'],
    ['links to a script by a directive', '::a{href="javascript:x"}'],
    ...'base button embed form iframe link meta object style svg'
      .split(' ')
      .map(name => [`has the element ${name}`, `<${name} />`]),
  ])('is shown, with a warning, when it is MDX that %s', (_, mdx) => {
    const { text, codes } = convert({}, b.code(mdx, 'matlab'));
    // A tab keeps Docusaurus from taking it for a title in code, too.
    const shown = mdx.replace(/^(:::note) /m, '$1\t');
    expect(text).toBe('```jsx\n' + `${shown}\n` + '```');
    expect(codes).toEqual(['mdx-refused']);
  });

  it('that shows a fence of MDX is not unwrapped by Docusaurus', () => {
    expect(mdxOf(b.code('```mdx-code-block\n{x\n```', 'markdown'))).toBe(
      '````markdown\n```\tmdx-code-block\n{x\n```\n````',
    );
  });
});

describe('pages below a page', () => {
  const child = (key: string) => page(`Page ${key}`).as(key);

  it('are a link, several that follow each other are a list', () => {
    const { text } = convert(
      { linkTo: () => './a.mdx' },
      child('a'),
      b.paragraph('text'),
      child('b'),
      child('c'),
    );
    expect(text).toBe(
      '[Page a](./a.mdx)\n\ntext\n\n- [Page b](./a.mdx)\n- [Page c](./a.mdx)',
    );
  });

  it('have a name even without a title', () => {
    const { text } = convert({ linkTo: () => './a.mdx' }, page('  ').as('x'));
    expect(text).toBe('[Untitled](./a.mdx)');
  });
});
