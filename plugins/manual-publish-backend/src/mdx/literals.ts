import { Nodes } from 'mdast';

export type JsxElement = Extract<
  Nodes,
  { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }
>;
export type JsxAttribute = Extract<
  JsxElement['attributes'][number],
  { type: 'mdxJsxAttribute' }
>;

const LITERAL =
  /^\s*(?:-?\d+(?:\.\d+)?|true|false|null|"[^"\\]*"|'[^'\\]*')\s*$/;
const TEXT = /^\s*["']/;

/** Whether an expression is a number, a word of JavaScript's, or a text, and so runs nothing. */
export const isLiteral = (expression: string) => LITERAL.test(expression);

export const isComment = (expression: string) =>
  /^\s*\/\*(?:(?!\*\/).)*\*\/\s*$/s.test(expression);

/** What an attribute says, written as a text or as an expression; empty where it is only named. */
export function literalText({ value }: JsxAttribute): string {
  return typeof value === 'object' && value !== null
    ? value.value.trim().replace(/^["']|["']$/g, '')
    : value ?? '';
}

/** What an attribute says, if that is a text: undefined for numbers and words of JavaScript's, and where it is only named. */
export function textOf(attribute: JsxAttribute): string | undefined {
  const { value } = attribute;
  if (value === null || value === undefined) return undefined;
  const isText =
    typeof value === 'string' ||
    (isLiteral(value.value) && TEXT.test(value.value));
  return isText ? literalText(attribute) : undefined;
}
