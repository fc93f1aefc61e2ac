import { notionId } from '@herald/sandbox';
import { FaultyPage } from '../publishing/FaultyPage';
import { Manifest, ManifestPage, writeManifest } from './Manifest';

const pageBelow = (parent: string | null): ManifestPage => ({
  title: 'A page',
  parent,
  position: 1,
  media: [],
  links: [],
  translations: [],
  headings: {},
  databases: [],
});

it('is not written with a page above itself, and says what helps', () => {
  const manifest: Manifest = new Map([
    [notionId('a'), pageBelow(notionId('b'))],
    [notionId('b'), pageBelow(notionId('a'))],
  ]);
  const write = () => writeManifest(manifest, 'docs/zcp/.herald.json');
  expect(write).toThrow(FaultyPage);
  expect(write).toThrow(
    expect.objectContaining({
      pageId: notionId('a'),
      place: 'docs/zcp/.herald.json',
      message: expect.stringContaining('publish the root page'),
    }),
  );
});
