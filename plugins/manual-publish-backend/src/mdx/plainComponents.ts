import { JsxAttribute, JsxElement, literalText, textOf } from './literals';

/** Attributes are texts; `flags` may stand without a value, or be true or false. Others are none: a number would end the build of the site at some. */
type Component = {
  readonly texts: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
};

const component = (texts: string, flags = ''): Component => ({
  texts: new Set(texts.split(' ')),
  flags: new Set(flags.split(' ')),
});

/**
 * Components that pages of the site may use without an import: those of the docs site, and what Docusaurus brings. Files are given by
 * `src`, which is no address of the web, so there is none.
 */
const COMPONENTS: ReadonlyMap<string, Component> = new Map([
  ['Audio', component('caption url')],
  ['Bookmark', component('title url')],
  ['Column', component('width')],
  ['Columns', component('')],
  ['Details', component('className id summary', 'open')],
  ['Embed', component('title url')],
  ['FileLink', component('name size url')],
  ['Pdf', component('name url')],
  ['TabItem', component('className label value', 'default')],
  [
    'Tabs',
    component(
      'className defaultValue groupId queryString',
      'block lazy queryString',
    ),
  ],
  ['Video', component('caption url')],
]);

const SWITCH = /^(true|false)$/;
/** The formatting of other numbers throws. */
const SIZE = /^[1-9]\d*$/;

export const isComponent = (name: string) => COMPONENTS.has(name);

/** Whether a component of the site takes the attribute. */
export function takesAttribute(
  element: JsxElement,
  attribute: JsxAttribute,
): boolean {
  const known = COMPONENTS.get(element.name ?? '');
  if (!known) return true;
  const { name, value } = attribute;
  if (value === null || value === undefined) return known.flags.has(name);
  if (element.name === 'Tabs' && name === 'defaultValue') {
    if (literalText(attribute) === 'null') return true;
  }
  const text = textOf(attribute);
  if (text === undefined) {
    return known.flags.has(name) && SWITCH.test(literalText(attribute));
  }
  if (!known.texts.has(name)) return false;
  return element.name !== 'FileLink' || name !== 'size' || SIZE.test(text);
}
