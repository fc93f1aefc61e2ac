import { Nodes } from 'mdast';

type MdxJsxAttribute = Extract<
  Extract<Nodes, { type: 'mdxJsxFlowElement' }>['attributes'][number],
  { type: 'mdxJsxAttribute' }
>;

const LITERAL =
  /^\s*(?:-?\d+(?:\.\d+)?|true|false|null|"[^"\\]*"|'[^'\\]*')\s*$/;

/** Whether an expression is a number, a word of JavaScript's, or a text, and so runs nothing. */
export const isLiteral = (expression: string) => LITERAL.test(expression);

export const isComment = (expression: string) =>
  /^\s*\/\*(?:(?!\*\/).)*\*\/\s*$/s.test(expression);

/** What an attribute says, written as a text or as an expression; empty where it is only named. */
export function literalText({ value }: MdxJsxAttribute): string {
  return typeof value === 'object' && value !== null
    ? value.value.trim().replace(/^["']|["']$/g, '')
    : value ?? '';
}
