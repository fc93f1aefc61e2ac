import { blocks, notionId, page, PageDraft } from '@herald/sandbox';
import { QuestionRefused, SourceUnavailable } from '../source/errors';
import { DocsUnderTest } from './__testUtils__/DocsUnderTest';

const KO = 'i18n/ko/docusaurus-plugin-content-docs/current/zcp';
const text = (key: string, ...below: PageDraft[]) =>
  page(key)
    .as(key)
    .with(blocks.paragraph(`Of ${key}`), ...below);
const nested = () => text('part', text('deep'));
const manual = (x: PageDraft, y: PageDraft) => text('root', x, y);

describe('a page that has moved out of what is published', () => {
  let docs: DocsUnderTest;
  const publishX = (...below: PageDraft[]) =>
    docs.export(text('x', ...below), { ancestors: [notionId('root')] });
  beforeEach(async () => {
    docs = await DocsUnderTest.create();
    const before = manual(text('x', nested(), text('other')), text('y'));
    await docs.translate(await docs.export(before), 'ko');
  });
  afterEach(() => docs.remove());

  const notTouched = async () =>
    expect(await docs.files()).toEqual(
      expect.arrayContaining(
        ['docs/zcp', KO].flatMap(folder => [
          `${folder}/x/part/index.mdx`,
          `${folder}/x/part/deep.mdx`,
        ]),
      ),
    );

  it('stays with its translations and all below it, and goes along with the root', async () => {
    docs.above.set(notionId('part'), [notionId('y'), notionId('root')]);
    const { removedPageIds, changes } = await publishX(text('other'));
    expect(removedPageIds).toEqual([]);
    expect(changes.filter(({ change }) => change === 'removed')).toEqual([]);
    await notTouched();
    expect(docs.warnings).toEqual([
      expect.objectContaining({ code: 'page-moved', pageTitle: 'part' }),
    ]);
    // The same again is no change.
    expect((await publishX(text('other'))).changes).toEqual([]);
    await notTouched();

    const after = manual(text('x', text('other')), text('y', nested()));
    expect((await docs.export(after)).removedPageIds).toEqual([]);
    expect(await docs.files()).toContain(`${KO}/y/part/deep.mdx`);
    expect(await docs.files()).not.toContain(`${KO}/x/part/deep.mdx`);
  });

  it('stays where it was the last one there', async () => {
    docs.above.set(notionId('part'), [notionId('y'), notionId('root')]);
    const { removedPageIds } = await publishX();
    expect(removedPageIds).toEqual([notionId('other')]);
    await notTouched();
  });

  it('stays where only the page above it is gone', async () => {
    docs.above.set(notionId('deep'), [notionId('y'), notionId('root')]);
    const { removedPageIds } = await publishX(text('other'));
    expect(removedPageIds).toEqual([notionId('part')]);
    expect(await docs.files()).toContain('docs/zcp/x/deep.mdx');
    expect(await docs.files()).toContain(`${KO}/x/deep.mdx`);
  });

  it('stays where it moved among what is published, while that was read', async () => {
    docs.above.set(notionId('part'), [notionId('x'), notionId('root')]);
    expect(await publishX(text('other'))).toMatchObject({ removedPageIds: [] });
    await notTouched();

    const { removedPageIds } = await docs.export(
      manual(text('x', text('other')), text('y')),
    );
    expect(removedPageIds).toEqual([]);
    await notTouched();
    expect(docs.warnings).toEqual([
      expect.objectContaining({ code: 'page-moved', pageTitle: 'part' }),
    ]);
  });

  it('stays with all below it where Notion does not take the question for it, however often', async () => {
    docs.refusals.set(notionId('part'), new QuestionRefused('400'));
    for (const _again of [1, 2]) {
      const { removedPageIds } = await docs.export(
        manual(text('x', text('other')), text('y')),
      );
      expect(removedPageIds).toEqual([]);
      await notTouched();
      expect(docs.warnings).toEqual([
        expect.objectContaining({ code: 'page-withheld', pageTitle: 'part' }),
      ]);
    }
  });

  it('is not decided on where Notion does not answer at all', async () => {
    const away = new SourceUnavailable('Notion goes on failing');
    docs.refusals.set(notionId('part'), away);
    await expect(publishX(text('other'))).rejects.toBe(away);
  });

  it('is asked for only where it would leave the site', async () => {
    await docs.export(manual(text('x', nested(), text('other')), text('y')));
    await docs.export(manual(text('x', text('other')), text('y', nested())));
    expect(docs.asked).toEqual([]);
    const { removedPageIds } = await docs.export(
      manual(text('x'), text('y', nested())),
    );
    expect(removedPageIds).toEqual([notionId('other')]);
    expect(docs.asked).toEqual([notionId('other')]);
  });

  it('stays below a page of the solution that Notion does not show', async () => {
    docs.above.set(notionId('part'), []);
    docs.unseen.set(notionId('part'), notionId('y'));
    const after = manual(text('x', text('other')), text('y'));
    const { removedPageIds } = await docs.export(after, { withheld: ['y'] });
    expect(removedPageIds).toEqual([]);
    await notTouched();
  });

  it.each([
    ['another solution', [notionId('elsewhere')]],
    ['the trash', []],
  ])('leaves the site where it went to %s', async (_name, above) => {
    docs.above.set(notionId('part'), above);
    docs.unseen.set(notionId('part'), notionId('team'));
    const { removedPageIds } = await publishX(text('other'));
    expect(removedPageIds).toEqual(
      expect.arrayContaining([notionId('part'), notionId('deep')]),
    );
    expect(docs.warnings).toEqual([]);
    expect(await docs.files()).not.toContain('docs/zcp/x/part/index.mdx');
  });
});
