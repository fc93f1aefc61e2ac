import { BlockNode } from '../../source/PageSnapshot';
import { BlockContent } from 'mdast';
import type { BlockConverter } from '../convertBlock';
import type { Conversion } from '../Conversion';
import { jsxBlock } from '../../mdx/jsx';
import { labelText } from '../labelText';

/** Items are paragraphs: the text is the label, what is below it is the content. Of a label only the words are kept. */
export const tab: BlockConverter<'tab'> = (_, children, conversion) =>
  children.length === 0
    ? []
    : [
        jsxBlock(
          'Tabs',
          {},
          children.map((item, index) => tabItem(item, index, conversion)),
        ),
      ];

function tabItem(
  item: BlockNode,
  index: number,
  conversion: Conversion,
): BlockContent {
  const number = String(index + 1);
  const isItem = item.block.type === 'paragraph';
  const label = isItem ? labelText(item.block.paragraph.rich_text) : '';
  return jsxBlock(
    'TabItem',
    { value: number, label: label || number },
    conversion.blocks(isItem ? item.children : [item]),
  );
}
