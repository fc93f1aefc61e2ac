import { Root } from 'mdast';
import { writeMdx } from '../mdx/writeMdx';
import { FaultyPage } from '../publishing/FaultyPage';
import { provenText } from './provenText';

/** No expression: it does not compile. */
const faulty: Root = {
  type: 'root',
  children: [
    {
      type: 'paragraph',
      children: [{ type: 'mdxTextExpression', value: 'a b' }],
    },
  ],
};

const prove = (written: string | undefined) =>
  provenText(faulty, {
    headingIds: 'mdx',
    pageId: 'page-1',
    path: 'docs/zcp/a.mdx',
    files: { read: async () => written },
  });

describe('the text of a page', () => {
  it.each([undefined, 'What was there before\n'])(
    'is proven before it takes the place of %j',
    async written => {
      await expect(prove(written)).rejects.toThrow(FaultyPage);
    },
  );

  it('is not proven again where the file has it', async () => {
    const text = writeMdx(faulty, { headingIds: 'mdx' });
    expect(await prove(text)).toBe(text);
  });
});
