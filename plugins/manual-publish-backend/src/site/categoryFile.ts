/** What Docusaurus is told of a folder. The key is the page's id: labels may be equal, keys of translations may not. */
export function categoryFile(category: {
  readonly id: string;
  readonly title: string;
  readonly position: number;
  readonly hasIndex: boolean;
}): string {
  const { id, title, position, hasIndex } = category;
  const content = {
    key: id,
    label: title,
    position,
    // Without it, Docusaurus takes a page that is called like its folder for the index.
    link: hasIndex ? { type: 'doc', id: 'index' } : null,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
