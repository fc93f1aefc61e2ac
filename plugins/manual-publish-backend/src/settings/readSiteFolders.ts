import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { labelsFile } from '../site/labelsFile';

const RELATIVE_DIRECTORY =
  /^(?!\.{1,2}(\/|$))[\w.{}-]+(\/(?!\.{1,2}(\/|$))[\w.{}-]+)*$/;

/** Where pages, translations and media go, inside of the repository, and what its sidebar is called. */
export type SiteFolders = {
  sourceDir: string;
  targetDir: string;
  i18nPath: string;
  mediaDir: string;
  sidebarName: string;
};

/** @throws InputError where a folder leaves the repository, or where translations would overwrite each other */
export function readSiteFolders(
  own: Config | undefined,
  solutionCount: number,
): SiteFolders {
  const i18nPath = folder(
    own,
    'i18nPath',
    '{lang}/docusaurus-plugin-content-docs/current/{solution}',
  );
  const needed = ['{lang}', ...(solutionCount > 1 ? ['{solution}'] : [])];
  const missing = needed.find(placeholder => !i18nPath.includes(placeholder));
  if (missing) {
    throw new InputError(
      `manualPublish.i18nPath: '${i18nPath}' must have ${missing}, or translations overwrite each other`,
    );
  }
  if (labelsFile(i18nPath) === undefined) {
    throw new InputError(
      `manualPublish.i18nPath: '${i18nPath}' must have the folder of the version, which is called current or version-…: beside it, Docusaurus has the labels of categories`,
    );
  }
  const sidebarName = own?.getOptionalString('sidebarName') ?? 'docs';
  if (sidebarName.trim() !== sidebarName || sidebarName === '') {
    throw new InputError(
      `manualPublish.sidebarName: '${sidebarName}' must be a name in the sidebars file of the site`,
    );
  }
  return {
    sidebarName,
    sourceDir: folder(own, 'sourceDir', 'docs'),
    targetDir: folder(own, 'targetDir', 'i18n'),
    i18nPath,
    mediaDir: folder(own, 'mediaDir', 'manuals'),
  };
}

function folder(
  own: Config | undefined,
  key: string,
  fallback: string,
): string {
  const value = own?.getOptionalString(key) ?? fallback;
  if (!RELATIVE_DIRECTORY.test(value)) {
    throw new InputError(
      `manualPublish.${key}: '${value}' must be a relative path inside of the repository`,
    );
  }
  return value;
}
