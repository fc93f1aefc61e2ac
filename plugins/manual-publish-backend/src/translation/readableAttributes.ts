/** Attributes that are text for readers, whatever element has them. */
const everywhere: readonly string[] = [
  'alt',
  'aria-label',
  'caption',
  'label',
  'placeholder',
  'title',
];

/** Those of the site's components besides; examples/docs-site/README.md has them in bold. */
const ofElement: Readonly<Record<string, readonly string[]>> = {
  FileLink: ['name'],
  Pdf: ['name'],
};

export function isReadable(element: string | null, attribute: string): boolean {
  return (
    everywhere.includes(attribute) ||
    (element !== null &&
      Object.hasOwn(ofElement, element) &&
      ofElement[element].includes(attribute))
  );
}

/** `guide.pdf` and the like are names, and not text. */
export function isFileName(value: string): boolean {
  return /^[^\s/]+\.[a-z0-9]{1,8}$/i.test(value.trim());
}
