import { blocks, notionId } from '@herald/sandbox';
import { placesOf } from '../translation/placesOf';
import { everythingThere } from './__testUtils__/contexts';
import { snapshotWith } from './__testUtils__/snapshotOf';
import { convertPage } from './convertPage';

const { bulleted, callout, heading2, image, paragraph, table, toggle } = blocks;

describe('what a translation says of a text', () => {
  const { root } = convertPage(
    snapshotWith(
      heading2('A heading').as('heading'),
      bulleted('The first item')
        .as('first')
        .with(paragraph('Below the first').as('below')),
      bulleted('The second item').as('second'),
      toggle('A summary')
        .as('toggle')
        .with(callout('In a toggle').as('callout')),
      heading2('Opens', { toggleable: true })
        .as('opens')
        .with(paragraph('What was hidden').as('hidden')),
      image('a.png', 'A caption').as('image'),
      table([['A cell']]).as('table'),
      paragraph('Text').as('text').with(paragraph('Moved in').as('in')),
    ),
    everythingThere,
  );

  it('names the block that it is written in, not one above or beside it', () => {
    const named = placesOf(root).map(({ text, blockId }) => [text, blockId]);
    expect(named).toEqual([
      ['A heading', notionId('heading')],
      ['The first item', notionId('first')],
      ['Below the first', notionId('below')],
      ['The second item', notionId('second')],
      ['A summary', notionId('toggle')],
      ['💡 In a toggle', notionId('callout')],
      ['Opens', notionId('opens')],
      ['What was hidden', notionId('hidden')],
      ['A caption', notionId('image')],
      ['A caption', notionId('image')],
      ['A cell', notionId('table')],
      ['Text', notionId('text')],
      ['Moved in', notionId('in')],
    ]);
  });
});
