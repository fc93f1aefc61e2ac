import { looksLikeSvg, svgDanger } from './svgSafety';

const svg = (inside: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;

describe('The danger of an SVG', () => {
  it.each([
    ['a drawing', svg('<g fill="red"><path d="M0 0h1"/></g>')],
    ['a style', svg('<style>.a{fill:red}</style>')],
    ['a reference within it', svg('<use xlink:href="#a"/>')],
    ['a picture within it', svg('<image href="data:image/png;base64,AA=="/>')],
    ['a link to a page', svg('<a href="https://example.com/">x</a>')],
    ['an animation', svg('<animate attributeName="x" to="1"/>')],
    [
      'what editors add',
      svg('<ink:grid ink:onlabel="x"/>', 'xmlns:ink="urn:ink"'),
    ],
  ])('is not in %s', (_, text) => {
    expect(svgDanger(text)).toBeUndefined();
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>')],
    [
      'a script by a prefix',
      svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'),
    ],
    ['a handler', svg('', 'onload="alert(1)"')],
    ['a handler in capitals', svg('<g OnClick="x"/>')],
    ['a page in it', svg('<foreignObject><p/></foreignObject>')],
    ['XHTML in it', svg('<h:body xmlns:h="http://www.w3.org/1999/xhtml"/>')],
    ['a link that runs', svg('<a href="javascript:alert(1)"/>')],
    [
      'one that hides it',
      svg('<a xlink:href="&#106;ava&#10;script:alert(1)"/>'),
    ],
    ['an SVG by URL', svg('<image href="data:image/svg+xml,x"/>')],
    ['an animated link', svg('<set attributeName="href" to="javascript:x"/>')],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`],
    ['a style sheet', `<?xml-stylesheet href="x.xsl"?>${svg('')}`],
    ['broken markup', svg('<g>')],
    ['something else', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['nothing', ''],
  ])('is seen in %s', (_, text) => {
    expect(svgDanger(text)).toEqual(expect.any(String));
  });
});

describe('What looks like an SVG', () => {
  it.each([
    '<svg/>',
    '<?xml version="1.0"?>\n<svg xmlns="x">',
    '\uFEFF<!-- a --> <!-- b -->\n<!DOCTYPE svg PUBLIC "x">\n<svg >',
  ])('is %s', text => {
    expect(looksLikeSvg(text)).toBe(true);
  });

  it('is no text that mentions one', () => {
    expect(looksLikeSvg('See <svg>')).toBe(false);
  });
});
