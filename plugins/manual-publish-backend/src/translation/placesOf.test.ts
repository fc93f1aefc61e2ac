import { readMdx } from '../mdx/readMdx';
import { isSuspiciouslyUnchanged } from './isSuspiciouslyUnchanged';
import { languageName } from './languages';
import { placesOf } from './placesOf';
import { rebuild } from './rebuild';

const segmentsOf = (mdx: string) =>
  placesOf(readMdx(mdx, { headingIds: 'mdx' })).map(({ text }) => text);

describe('the segments of a page', () => {
  it('are its blocks of text, and the texts of its front matter, in the order of reading', () => {
    expect(
      segmentsOf(`---
id: page-1
title: Getting started
sidebar_label: Start
description: >-
  What to do
  first
keywords: [user guide, API]
slug: /getting-started
---

## First steps {/* #first */}

Read **this** first.

> A quote

- One
- Two

  with more

| Head | 1.0 |
| --- | --- |
| Cell | 42 |

[^1]: A note
`),
    ).toEqual([
      'Getting started',
      'Start',
      'What to do first',
      'user guide',
      'API',
      'First steps',
      'Read <1>this</1> first.',
      'A quote',
      'One',
      'Two',
      'with more',
      'Head',
      'Cell',
      'A note',
    ]);
  });

  it('have tags for code, links, elements, math, images, breaks, notes and expressions', () => {
    expect(
      segmentsOf(
        'Run `a` and [read *more*](https://example.com), <u>then</u> $x$,\\\nlook ![at this](a.png) <Icon />{/* c */}[^1]\n\n[^1]: 1\n',
      ),
    ).toEqual([
      'at this',
      'Run <1/> and <2>read <3>more</3></2>, <4>then</4> <5/>,<6/>look <7/> <8/><9/><10/>',
    ]);
  });

  it('have one tag for a link that holds code or its own address, and none around the whole', () => {
    expect(
      segmentsOf(
        'See [`kubectl`](https://k8s.io), https://example.com and **[all](https://example.com)**.\n\n**Warning**\n',
      ),
    ).toEqual(['See <1/>, <2/> and <3><4>all</4></3>.', 'Warning']);
  });

  it('hide addresses, and text that looks like our tags, from the translator', () => {
    const root = {
      type: 'root' as const,
      children: [
        {
          type: 'paragraph' as const,
          children: [
            {
              type: 'text' as const,
              value: 'Type <1> at http://a.b/c?d=e. 그리고 </2> < 3 />',
            },
          ],
        },
      ],
    };
    expect(placesOf(root).map(({ text }) => text)).toEqual([
      'Type <1/> at <2/>. 그리고 <3/> <4/>',
    ]);
    expect(
      rebuild(
        root,
        new Map([
          ['Type <1/> at <2/>. 그리고 <3/> <4/>', '<4/> <2/> <1/> x <3/>'],
        ]),
      ).children,
    ).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', value: '< 3 /> http://a.b/c?d=e <1> x </2>' },
        ],
      },
    ]);
  });

  it('are the titles of admonitions, summaries, and what readers read in attributes', () => {
    expect(
      segmentsOf(`:::tip[Mind *this*]

Inside

:::

<details>
<summary>More about it</summary>

Hidden

</details>

<Tabs>
<TabItem value="linux" label="On Linux">

Text

</TabItem>
</Tabs>

<Bookmark url="https://example.com" title="An example" />

<Embed url="https://example.com" title="https://example.com/shown" />

<Video src="a.mp4" caption="A film" />

<FileLink src="a.pdf" name="Guide for users" size="2048" />

<Pdf src="a.pdf" name="guide.pdf" />

![The diagram](a.png "Its title")
`),
    ).toEqual([
      'Mind <1>this</1>',
      'Inside',
      'More about it',
      'Hidden',
      'On Linux',
      'Text',
      'An example',
      'A film',
      'Guide for users',
      'The diagram',
      'Its title',
    ]);
  });

  it('are never code, math, comments, expressions, addresses, numbers, or what asks not to be translated', () => {
    expect(
      segmentsOf(`\`\`\`js title="Open it"
const text = 'Text';
\`\`\`

$$
x = text
$$

{/* a comment */}

export const a = 'text';

<code>text</code> <kbd>Ctrl</kbd>

<span translate="no" title="Text">Herald Console</span>

1.2.3 — **42**

https://example.com
`),
    ).toEqual([]);
  });

  it('are none where front matter is no YAML', () => {
    expect(segmentsOf('---\ntitle: [a\n---\n\nText\n')).toEqual(['Text']);
  });

  it('know the block in Notion that they come from', () => {
    const root = readMdx('- One\n- Two\n', { headingIds: 'mdx' });
    root.children[0].data = { blockId: 'block-1' };
    expect(placesOf(root).map(({ blockId }) => blockId)).toEqual([
      'block-1',
      'block-1',
    ]);
  });

  it('go back into front matter with its comments, order and other keys as they were', () => {
    const root = readMdx(
      "---\n# written by Herald\nid: 'x'\ntitle: One\nkeywords: [a b, c]\nsidebar_position: 3\n---\n\nText\n",
      { headingIds: 'mdx' },
    );
    expect(
      rebuild(
        root,
        new Map([
          ['One', 'Eins: "zwei" # drei'],
          ['c', '- d'],
        ]),
      ).children[0],
    ).toMatchObject({
      type: 'yaml',
      value: `# written by Herald
id: 'x'
title: 'Eins: "zwei" # drei'
keywords: [ a b, "- d" ]
sidebar_position: 3`,
    });
  });

  it('of a paragraph of thousands of words are one, in no time', () => {
    const many = Array.from({ length: 5_000 }, () => '**a** `b` <').join(' ');
    const started = performance.now();
    expect(segmentsOf(many.replaceAll('<', '\\<'))).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('a translation that is its source', () => {
  const unchanged = (text: string, language: string) =>
    isSuspiciouslyUnchanged(text, text, { language, sourceLanguage: 'en' });

  it('is suspicious where a sentence is in the source language still', () => {
    expect(unchanged('Open the console and wait for it', 'ko')).toBe(true);
    expect(unchanged('Open the console and wait for it', 'de')).toBe(true);
  });

  it('is not where the page is in the target language already, or a name stands alone', () => {
    expect(
      unchanged('콘솔을 열고 나타날 때까지 오래 기다려 주십시오 정말로', 'ko'),
    ).toBe(false);
    expect(unchanged('افتح وحدة التحكم وانتظر حتى تظهر', 'ar')).toBe(false);
    expect(unchanged('Kubernetes', 'ko')).toBe(false);
  });
});

describe('names of languages', () => {
  it('say which Chinese it is', () => {
    expect(['ko', 'zh', 'zh-TW', 'pt-BR', 'xx'].map(languageName)).toEqual([
      'Korean',
      'Simplified Chinese',
      'Traditional Chinese',
      'Brazilian Portuguese',
      'xx',
    ]);
  });
});
