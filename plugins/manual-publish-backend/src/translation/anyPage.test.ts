import { page } from '@herald/sandbox';
import fc from 'fast-check';
import { anyBlocks } from '../export/__testUtils__/anyBlocks';
import { everythingThere } from '../export/__testUtils__/contexts';
import { snapshotOf } from '../export/__testUtils__/snapshotOf';
import { convertPage } from '../export/convertPage';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { placesOf } from './placesOf';
import { pseudoLocalized } from './PseudoTranslator';
import { rebuild } from './rebuild';

/** More of them while developing: `HERALD_PROPERTY_RUNS=5000`. */
const numRuns = Number(process.env.HERALD_PROPERTY_RUNS ?? 40);
const OPTIONS = { headingIds: 'mdx' } as const;

/** Where one thing would be read together with the next, there is a space between them. */
const solid = (text: string) => text.replace(/\s/g, '');

describe('any page of the export', () => {
  it('is MDX that compiles, and reads as its tree, in another language, too', async () => {
    const property = fc.assert(
      fc.asyncProperty(anyBlocks, async blocks => {
        const snapshot = { ...snapshotOf(page('Any')), blocks };
        const { root } = convertPage(snapshot, everythingThere);
        const texts = placesOf(root).map(({ text }) => text);
        const translations = new Map(
          texts.map(text => [text, pseudoLocalized(text, 'ko')]),
        );
        const translated = rebuild(root, translations);
        await proveMdx(writeMdx(translated, OPTIONS), translated, OPTIONS);
        expect(placesOf(translated).map(({ text }) => solid(text))).toEqual(
          texts.map(text => solid(translations.get(text) ?? '')),
        );
      }),
      { numRuns },
    );
    await expect(property).resolves.toBeUndefined();
  }, 120_000);
});
