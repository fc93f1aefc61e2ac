import { BlockContent, PhrasingContent } from 'mdast';
import {
  MdxJsxAttribute,
  MdxJsxFlowElement,
  MdxJsxTextElement,
} from 'mdast-util-mdx';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

const attributesOf = (
  values: Readonly<Record<string, string | undefined>>,
): MdxJsxAttribute[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ type: 'mdxJsxAttribute', name, value }],
  );

/** An element that is a block. Attributes that are undefined are left out. */
export const jsxBlock = (
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  children: BlockContent[] = [],
): MdxJsxFlowElement => ({
  type: 'mdxJsxFlowElement',
  name,
  attributes: attributesOf(attributes),
  children,
});

/** An element among text. */
export const jsxText = (
  name: string,
  children: PhrasingContent[] = [],
  attributes: Readonly<Record<string, string | undefined>> = {},
): MdxJsxTextElement => ({
  type: 'mdxJsxTextElement',
  name,
  attributes: attributesOf(attributes),
  children,
});
