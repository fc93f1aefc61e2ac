import { Nodes, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { JsxAttribute, JsxElement, isComment, textOf } from './literals';

/** React takes nothing in them. */
const VOID = new Set('br col hr img source track wbr'.split(' '));

/**
 * Whether elements have in them, and are in, what they can be shown with: void ones have nothing in them, tabs have nothing but tabs that
 * differ in their value, and no tab is elsewhere. The build of the site would end at others.
 */
export function hasWholeElements(root: Root): boolean {
  const placed = new Set<Nodes>();
  let isWhole = true;
  visit(root, node => {
    if (
      node.type !== 'mdxJsxFlowElement' &&
      node.type !== 'mdxJsxTextElement'
    ) {
      return;
    }
    // Those above are met before those in them.
    if (node.name === 'Tabs')
      tabsIn(node.children)?.forEach(tab => placed.add(tab));
    if (!isWholeElement(node, placed)) isWhole = false;
  });
  return isWhole;
}

function isWholeElement(
  element: JsxElement,
  placed: ReadonlySet<Nodes>,
): boolean {
  const { name, children } = element;
  if (attributeOf(element, 'children')) return false;
  if (name !== null && VOID.has(name)) return children.length === 0;
  if (name === 'Tabs') return areTabs(element);
  return name !== 'TabItem' || placed.has(element);
}

function areTabs(tabs: JsxElement): boolean {
  const items = tabsIn(tabs.children);
  const values = items?.map(item => valueOf(item, 'value')) ?? [];
  // A default that is no text is none.
  const first = valueOf(tabs, 'defaultValue') ?? values[0];
  return (
    values.length > 0 &&
    values.every(value => value !== undefined && value !== '') &&
    new Set(values).size === values.length &&
    values.includes(first) &&
    (!attributeOf(tabs, 'queryString') || !!valueOf(tabs, 'groupId'))
  );
}

/** Undefined where there is anything but tabs. Those on a line of their own are in a paragraph, which MDX takes away, and what is blank in it. */
function tabsIn(
  children: readonly Nodes[],
  isBlank: (text: string) => boolean = () => false,
): readonly JsxElement[] | undefined {
  const items: JsxElement[] = [];
  for (const child of children) {
    const below = tabsOf(child, isBlank);
    if (!below) return undefined;
    items.push(...below);
  }
  return items;
}

function tabsOf(
  child: Nodes,
  isBlank: (text: string) => boolean,
): readonly JsxElement[] | undefined {
  switch (child.type) {
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return child.name === 'TabItem' ? [child] : undefined;
    case 'paragraph':
      return tabsIn(child.children, text => text.trim() === '');
    case 'text':
      return isBlank(child.value) ? [] : undefined;
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return isComment(child.value) ? [] : undefined;
    default:
      return undefined;
  }
}

function attributeOf(
  { attributes }: JsxElement,
  name: string,
): JsxAttribute | undefined {
  // The last one holds.
  for (const attribute of [...attributes].reverse()) {
    if (attribute.type === 'mdxJsxAttribute' && attribute.name === name) {
      return attribute;
    }
  }
  return undefined;
}

function valueOf(element: JsxElement, name: string): string | undefined {
  const attribute = attributeOf(element, name);
  return attribute && textOf(attribute);
}
