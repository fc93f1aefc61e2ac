import { blocks, page } from '@herald/sandbox';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';

// Each file is compiled.
jest.setTimeout(60_000);

const { paragraph } = blocks;

describe('media of the site', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
  });
  afterEach(() => docs.remove());

  const picture = (file: string) => ({
    hash: 'abc123',
    extension: 'png',
    type: 'image/png',
    bytes: 3,
    file,
  });
  const withPicture = page('ZCP manual')
    .as('root')
    .with(blocks.image('picture.png', 'A picture'));

  it('are copied once, linked from everywhere alike, and removed when no page shows them', async () => {
    const copy = path.join(docs.directory, 'copy.png');
    await writeFile(copy, 'png');
    docs.media.set('picture.png', picture(copy));
    await docs.export(withPicture);
    expect(await docs.read('static/manuals/zcp/abc123.png')).toBe('png');
    expect(await docs.read('docs/zcp/index.mdx')).toContain(
      '(@site/static/manuals/zcp/abc123.png)',
    );
    await docs.write('static/manuals/zcp/own.png', 'Mine');
    await docs.export(page('ZCP manual').as('root').with(paragraph('x')));
    expect(await docs.files()).not.toContain('static/manuals/zcp/abc123.png');
    expect(await docs.files()).toContain('static/manuals/zcp/own.png');
  });

  it('that somebody changed in the repository are brought back', async () => {
    const copy = path.join(docs.directory, 'copy.png');
    await writeFile(copy, 'png');
    docs.media.set('picture.png', picture(copy));
    await docs.export(withPicture);
    await docs.write('static/manuals/zcp/abc123.png', 'gif');
    await docs.export(withPicture);
    expect(await docs.read('static/manuals/zcp/abc123.png')).toBe('png');
  });

  it('that cannot be had are a warning that says why', async () => {
    await docs.export(withPicture);
    expect(docs.warnings).toEqual([
      expect.objectContaining({
        code: 'media-failed',
        message: expect.stringContaining('it is gone'),
      }),
    ]);
  });
});
