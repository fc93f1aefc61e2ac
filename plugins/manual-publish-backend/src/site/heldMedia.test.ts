import { blocks, page } from '@herald/sandbox';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';

const OLD = 'static/manuals/zcp/0ld.png';
const NEW = 'static/manuals/zcp/new.png';
const showing = (name: string) =>
  page('ZCP manual').as('root').with(blocks.image(name, 'The console'));

describe('an image that a page shows no more', () => {
  let docs: DocsUnderTest;
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
    for (const hash of ['0ld', 'new']) {
      const file = path.join(docs.directory, `${hash}.copy`);
      await writeFile(file, hash);
      docs.media.set(`${hash}.png`, {
        hash,
        extension: 'png',
        type: 'image/png',
        bytes: 3,
        file,
      });
    }
    await docs.translate(await docs.export(showing('0ld.png')), 'ko', 'ja');
  });
  afterEach(() => docs.remove());

  it('stays for the languages that are not published, until none shows it', async () => {
    const exported = await docs.export(showing('new.png'));
    await docs.translate(exported, 'ko');
    expect(await docs.files()).toEqual(expect.arrayContaining([OLD, NEW]));
    // The manifest still knows it: nobody takes it for somebody's own.
    await docs.translate(await docs.export(showing('new.png')), 'ko');
    expect(await docs.files()).toContain(OLD);

    await docs.translate(await docs.export(showing('new.png')), 'ja');
    expect(await docs.files()).not.toContain(OLD);
    const manifest = await docs.read('docs/zcp/.herald.json');
    expect(manifest).not.toContain('0ld.png');
    expect(manifest).toContain('new.png');
  });

  it('stays where it only could not be fetched this once', async () => {
    docs.media.delete('0ld.png');
    await docs.translate(await docs.export(showing('0ld.png')), 'ko');
    expect(await docs.files()).toContain(OLD);
  });

  it('goes at once where all languages are published', async () => {
    await docs.translate(await docs.export(showing('new.png')), 'ko', 'ja');
    expect(await docs.files()).not.toContain(OLD);
  });

  it('goes with the page that showed it', async () => {
    await docs.export(page('ZCP manual').as('root'));
    await docs.translate(
      await docs.export(page('ZCP manual').as('root')),
      'ko',
      'ja',
    );
    expect(await docs.files()).not.toContain(OLD);
  });
});
