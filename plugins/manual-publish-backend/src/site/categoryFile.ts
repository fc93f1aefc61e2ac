/** What Docusaurus is told of a folder. The key is of its own: labels may be equal, keys of translations may not. */
export function categoryFile(category: {
  readonly key: string;
  readonly title: string;
  readonly position: number;
  readonly hasIndex: boolean;
}): string {
  const { key, title, position, hasIndex } = category;
  const content = {
    key,
    label: title,
    position,
    // Without it, Docusaurus takes a page that is called like its folder for the index.
    link: hasIndex ? { type: 'doc', id: 'index' } : null,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
