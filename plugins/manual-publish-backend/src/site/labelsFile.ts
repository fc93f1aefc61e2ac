/**
 * Where Docusaurus has the labels of the categories whose pages' translations are in a folder: beside the folder of the version, with its
 * name. Undefined where no folder is called like a version.
 */
export function labelsFile(i18nPath: string): string | undefined {
  const parts = i18nPath.split('/');
  const at = parts.findIndex(part => /^(?:current|version-.+)$/.test(part));
  return at < 0 ? undefined : `${parts.slice(0, at + 1).join('/')}.json`;
}
