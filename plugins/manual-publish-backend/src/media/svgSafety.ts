import { SaxesParser } from 'saxes';

const HARMLESS_NAMESPACES: ReadonlySet<string> = new Set([
  '',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
]);
const ACTIVE_ELEMENTS: ReadonlySet<string> = new Set([
  'script',
  'foreignobject',
  'iframe',
  'embed',
  'object',
  'handler',
  'listener',
]);

/** What SVG elements of editors carry, such as Inkscape's: not drawn, and no danger. Elements of XHTML would be. */
const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * Why an SVG must not stand in a site, or undefined: whoever opens it by its own address would run what is in it. Text that is no SVG
 * is none either.
 */
export function svgDanger(text: string): string | undefined {
  let danger: string | undefined;
  let depth = 0;
  const found = (what: string) => {
    danger ??= what;
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', error => found(`it is not well formed: ${error.message}`));
  parser.on('doctype', doctype => {
    if (doctype.includes('[')) found('it declares entities');
  });
  parser.on('processinginstruction', ({ target }) => {
    if (target !== 'xml') found('it refers to a style sheet');
  });
  parser.on('opentag', tag => {
    const name = tag.local.toLowerCase();
    if (depth === 0 && name !== 'svg') found('it is not an SVG');
    depth += 1;
    if (tag.uri === XHTML || ACTIVE_ELEMENTS.has(name)) {
      found(`it has the element ${tag.name}`);
    }
    for (const attribute of Object.values(tag.attributes)) {
      const attributeDanger = dangerOfAttribute(attribute);
      if (attributeDanger) found(attributeDanger);
    }
  });
  parser.write(text).close();
  if (depth === 0) found('it is not an SVG');
  return danger;
}

function dangerOfAttribute(attribute: {
  local: string;
  uri: string;
  name: string;
  value: string;
}): string | undefined {
  if (!HARMLESS_NAMESPACES.has(attribute.uri)) return undefined;
  const name = attribute.local.toLowerCase();
  if (name.startsWith('on')) return `it has the attribute ${attribute.name}`;
  // Animations may set attributes, too.
  const isTarget =
    name === 'attributename' && /^(xlink:)?(href|on.*)$/i.test(attribute.value);
  if (isTarget) return `it animates ${attribute.value}`;
  if (name !== 'href' && name !== 'src') return undefined;
  // Browsers take no notice of white space and control characters in a scheme.
  const target = attribute.value.replace(/[\s\p{Cc}]/gu, '');
  return /^(#|https?:|data:image\/(png|jpe?g|gif|webp|avif)[;,])/i.test(target)
    ? undefined
    : `it links to ${attribute.value.slice(0, 40)}`;
}

/** Whether it begins as an SVG does. */
export function looksLikeSvg(text: string): boolean {
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype\s+svg[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s/>]/i.test(
    text,
  );
}
