import { BlockContent, PhrasingContent, Table } from 'mdast';
import { jsxBlock, jsxText } from '../../mdx/jsx';
import { BlockNode } from '../../source/PageSnapshot';
import type { Conversion } from '../Conversion';
import type { BlockConverter } from '../convertBlock';

type Cells = PhrasingContent[][];

const rowOf = ({ block }: BlockNode, conversion: Conversion): Cells[] =>
  block.type === 'table_row'
    ? [block.table_row.cells.map(cell => conversion.richText(cell, block))]
    : [];

const hasPipeInFormula = (node: PhrasingContent): boolean =>
  node.type === 'inlineMath'
    ? node.value.includes('|')
    : 'children' in node && node.children.some(hasPipeInFormula);

const bold = (content: PhrasingContent[]): PhrasingContent[] =>
  content.length === 0 || content.every(each => each.type === 'strong')
    ? content
    : [{ type: 'strong', children: content }];

const markdownTable = (rows: Cells[], hasHeaderColumn: boolean): Table => ({
  type: 'table',
  align: [],
  children: rows.map((cells, row) => ({
    type: 'tableRow',
    children: cells.map((content, column) => ({
      type: 'tableCell',
      children:
        hasHeaderColumn && column === 0 && row > 0 ? bold(content) : content,
    })),
  })),
});

/**
 * A Markdown table where the first row is a header. Markdown has no header columns: cells of one are bold. It has no tables without a
 * header row either, nor formulas with a `|`: those are tables of JSX, where cells of a header column are `<th>`.
 */
export const table: BlockConverter<'table'> = (block, children, conversion) => {
  const { has_column_header: hasHeaderRow, has_row_header: hasHeaderColumn } =
    block.table;
  const rows = children.flatMap(row => rowOf(row, conversion));
  const width = Math.max(0, ...rows.map(cells => cells.length));
  const below = children.flatMap(row =>
    row.block.type === 'table_row'
      ? conversion.blocks(row.children)
      : conversion.blocks([row]),
  );
  if (width === 0) return below;
  const full = rows.map(cells => [
    ...cells,
    ...Array.from({ length: width - cells.length }, () => []),
  ]);
  const content =
    hasHeaderRow && !full.flat(2).some(hasPipeInFormula)
      ? markdownTable(full, hasHeaderColumn)
      : jsxTable(full, hasHeaderRow, hasHeaderColumn);
  return [content, ...below];
};

/** A row is a line, so that cells hold their text without a paragraph. */
function jsxTable(
  rows: Cells[],
  hasHeaderRow: boolean,
  hasHeaderColumn: boolean,
): BlockContent {
  const line = (cells: Cells, row: number): BlockContent => ({
    type: 'paragraph',
    children: [
      jsxText(
        'tr',
        cells.map((content, column) => {
          const isHeader =
            (hasHeaderRow && row === 0) || (hasHeaderColumn && column === 0);
          return jsxText(isHeader ? 'th' : 'td', content);
        }),
      ),
    ],
  });
  const lines = rows.map(line);
  const head = hasHeaderRow ? [jsxBlock('thead', {}, lines.slice(0, 1))] : [];
  const body = lines.slice(hasHeaderRow ? 1 : 0);
  return jsxBlock('table', {}, [
    ...head,
    ...(body.length > 0 ? [jsxBlock('tbody', {}, body)] : []),
  ]);
}
