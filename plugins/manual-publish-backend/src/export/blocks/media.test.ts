/* eslint-disable no-script-url -- what pages must not link to */
import { blocks as b, rich } from '@herald/sandbox';
import { convert, mdxOf } from '../__testUtils__/mdxOf';
import { snapshotWith } from '../__testUtils__/snapshotOf';
import { mediaOf } from '../mediaOf';

describe('media', () => {
  it('are images with their caption below, and as alternative text', () => {
    expect(mdxOf(b.image('a.png'))).toBe('![](@site/docs/zcp/_media/3f2a.png)');
    expect(mdxOf(b.image('a.png', ['An ', rich.bold('[image]')]))).toBe(
      '<figure>\n\n![An \\[image\\]](@site/docs/zcp/_media/3f2a.png)\n\n<figcaption>An **\\[image]**</figcaption>\n\n</figure>',
    );
  });

  it('are components of the site', () => {
    expect(mdxOf(b.video('a.mp4', 'A "tour"'), b.audio('a.wav'))).toBe(
      '<Video src="@site/docs/zcp/_media/3f2a.mp4" caption="A &quot;tour&quot;" />\n\n<Audio src="@site/docs/zcp/_media/3f2a.wav" />',
    );
    expect(mdxOf(b.pdf('a.pdf', 'Read'), b.file('v.yaml'))).toBe(
      '<Pdf src="@site/docs/zcp/_media/3f2a.pdf" name="a.pdf" />\n\nRead\n\n<FileLink src="@site/docs/zcp/_media/3f2a.yaml" name="v.yaml" size="2048" />',
    );
  });

  it('from elsewhere are shown from there', () => {
    const { text, codes } = convert(
      { media: () => undefined },
      b.video('https://www.youtube.com/watch?v=a&b'),
    );
    expect(text).toBe(
      '<Video url="https://www.youtube.com/watch?v=a&amp;b" />',
    );
    expect(codes).toEqual([]);
  });

  it('that are no image are files', () => {
    const media = () => ({ href: '@site/a.html', type: 'text/html', bytes: 5 });
    expect(convert({ media }, b.image('a.png')).text).toBe(
      '<FileLink src="@site/a.html" name="a.png" size="5" />',
    );
  });

  it('that could not be fetched are a link, never a broken image', () => {
    const { text, codes } = convert(
      { media: () => undefined },
      b.image('a.png', 'Caption'),
      b.image('https://example.com/b.png'),
    );
    expect(text).toMatch(
      /^_\[a\.png\]\(https:\/\/www\.notion\.so\/\w+#\w+\)_\n\nCaption\n\n_\[b\.png\]\(https:\/\/example\.com\/b\.png\)_$/,
    );
    expect(codes).toEqual(['media-failed', 'media-failed']);
  });

  it('are asked for when Notion hosts them, and images always, wherever they are', () => {
    const references = mediaOf(
      snapshotWith(
        b.image('a.png'),
        b
          .toggle('more')
          .with(b.file('v.yaml'), b.video('https://www.youtube.com/watch?v=a')),
        b.image('https://example.com/b.png'),
      ),
    );
    expect(references).toMatchObject([
      { kind: 'image', isHosted: true, name: 'a.png' },
      { kind: 'file', isHosted: true, name: 'v.yaml' },
      { kind: 'image', isHosted: false, url: 'https://example.com/b.png' },
    ]);
  });
});

describe('addresses on a line of their own', () => {
  it('are components of the site', () => {
    expect(
      mdxOf(
        b.bookmark('https://example.com/a?b&c', 'A page'),
        b.embed('https://e.com/x'),
        b.linkPreview('https://e.com/y'),
      ),
    ).toBe(
      '<Bookmark url="https://example.com/a?b&amp;c" title="A page" />\n\n<Embed url="https://e.com/x" />\n\n<Bookmark url="https://e.com/y" />',
    );
  });

  it('are text when they must not be a link', () => {
    const { text, codes } = convert(
      {},
      b.bookmark('javascript:alert(1)', 'Click'),
    );
    expect(text).toBe('Click: javascript\\:alert(1)');
    expect(codes).toEqual(['link-dropped']);
  });

  it('of pages of the export are links to them', () => {
    const { text } = convert(
      { linkTo: () => '../a.mdx' },
      b.bookmark(`https://www.notion.so/${'a'.repeat(32)}`, 'A page'),
    );
    expect(text).toBe('[A page](../a.mdx)');
  });

  it('of a page have its title', () => {
    const { text } = convert(
      { linkTo: () => '../a.mdx', titleOf: () => 'The title' },
      b.linkToPage('a'.repeat(32)),
    );
    expect(text).toBe('[The title](../a.mdx)');
  });
});
