import fc from 'fast-check';
import { Link, Root } from 'mdast';
import { posix } from 'node:path';
import { relativeLink, relink } from './relink';

const name = fc.constantFrom('a', 'b', '하늘', 'x-1', 'c');
/** A file, up to three folders deep. */
const file = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .map(parts => `${parts.join('/')}.mdx`);

const linkOf = (url: string): Link => ({ type: 'link', url, children: [] });
const inRoot = (link: Link): Root => ({
  type: 'root',
  children: [{ type: 'paragraph', children: [link] }],
});
const resolved = (from: string, url: string) =>
  posix.join(posix.dirname(from), url);

describe('links of a file that moves', () => {
  it('lead to where each page is now, wherever both have gone', () => {
    fc.assert(
      fc.property(file, file, file, file, (from, to, target, targetNow) => {
        const link = linkOf(`${relativeLink(from, target)}#part`);
        relink(inRoot(link), {
          from,
          to,
          linkTo: each =>
            each === target ? relativeLink(to, targetNow) : undefined,
        });
        const [path, hash] = link.url.split('#');
        expect(resolved(to, path)).toBe(targetNow);
        expect(hash).toBe('part');
        expect(link.url).toMatch(/^\.\.?\//);
      }),
    );
  });

  it('to what is no page of the site lead to the same place', () => {
    fc.assert(
      fc.property(file, file, file, (from, to, target) => {
        const link = linkOf(relativeLink(from, target));
        relink(inRoot(link), { from, to, linkTo: () => undefined });
        expect(resolved(to, link.url)).toBe(target);
      }),
    );
  });

  it.each([
    'https://example.com/a.mdx',
    'mailto:a@example.com',
    '#part',
    '@site/static/manuals/a.png',
    '/a.mdx',
  ])('%s stays', url => {
    const link = linkOf(url);
    relink(inRoot(link), {
      from: 'a.mdx',
      to: 'x/y.mdx',
      linkTo: () => './never.mdx',
    });
    expect(link.url).toBe(url);
  });

  it('keep no heading where they lead elsewhere now', () => {
    const link = linkOf('./a.mdx#part');
    relink(inRoot(link), {
      from: 'b.mdx',
      to: 'b.mdx',
      linkTo: () => 'https://www.notion.so/1',
    });
    expect(link.url).toBe('https://www.notion.so/1');
  });

  it('are found where they are written in percents', () => {
    const link = linkOf('./%ED%95%98%EB%8A%98.mdx');
    relink(inRoot(link), {
      from: 'b.mdx',
      to: 'b.mdx',
      linkTo: each => (each === '하늘.mdx' ? './x.mdx' : undefined),
    });
    expect(link.url).toBe('./x.mdx');
  });
});
