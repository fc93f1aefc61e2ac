import { demoPages, DatabaseDraft, Draft, PageDraft } from '@herald/sandbox';
import { proveMdx } from '../mdx/proveMdx';
import { writeMdx } from '../mdx/writeMdx';
import { everythingThere, nothingThere } from './__testUtils__/contexts';
import { snapshotOf } from './__testUtils__/snapshotOf';
import { convertPage } from './convertPage';

const pagesIn = (draft: Draft): PageDraft[] => [
  ...(draft instanceof PageDraft ? [draft] : []),
  ...(draft instanceof DatabaseDraft ? draft.rows : draft.children).flatMap(
    pagesIn,
  ),
];

describe('the pages of the demo', () => {
  const pages = demoPages.flatMap(pagesIn);

  it.each(pages.map(page => [page.title.slice(0, 40), page] as const))(
    'writes “%s” as MDX that compiles and reads as the page',
    async (_, page) => {
      for (const headingIds of ['mdx', 'classic'] as const) {
        for (const context of [everythingThere, nothingThere]) {
          const { root } = convertPage(snapshotOf(page), context);
          const text = writeMdx(root, { headingIds });
          await expect(
            proveMdx(text, root, { headingIds }),
          ).resolves.toBeUndefined();
        }
      }
    },
  );
});
