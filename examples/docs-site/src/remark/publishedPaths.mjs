import { getFileLoaderUtils } from '@docusaurus/utils';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { visit } from 'unist-util-visit';
import { requireDefault } from './requireDefault.mjs';

const { posix } = path;

/** Components whose `src` is a file; images and links are Markdown. */
const WITH_SOURCE = new Set(['Video', 'Audio', 'FileLink', 'Pdf']);
const TRANSLATIONS = /^i18n\/[^/]+\/docusaurus-plugin-content-docs\/current\//;
const IS_RELATIVE = /^\.{1,2}\//;
const IS_PAGE = /\.mdx?$/i;

/**
 * A translated page has the very links of its source, so relative ones count from the page's place in docs/, whichever
 * language it is in. Docusaurus alone counts from the file: then a page that is translated and one that is not cannot
 * link to each other, and media would have to be copied for each language.
 *
 * And `src` of components that show a file becomes the address of the built file, as it does for Markdown images. One
 * that is not there fails the build.
 */
export default function publishedPaths({ siteDir }) {
  const { inlineMarkdownLinkFileLoader } = getFileLoaderUtils(false).loaders;
  return (tree, file) => {
    const page = toPosix(path.relative(siteDir, file.path));
    const place = posix.dirname(page.replace(TRANSLATIONS, 'docs/'));
    const fromSite = target =>
      IS_RELATIVE.test(target) ? posix.join(place, target) : undefined;

    visit(tree, ['link', 'image', 'definition'], node => {
      const [, target, rest] = /^([^?#]*)(.*)$/s.exec(node.url);
      const found = fromSite(target);
      if (found === undefined) return;
      node.url = IS_PAGE.test(target)
        ? `${found.replace(/^docs\//, '/')}${rest}`
        : `@site/${found}${rest}`;
    });

    visit(tree, ['mdxJsxFlowElement', 'mdxJsxTextElement'], node => {
      if (!WITH_SOURCE.has(node.name)) return;
      const source = node.attributes.find(
        each => each.type === 'mdxJsxAttribute' && each.name === 'src',
      );
      if (typeof source?.value !== 'string') return;
      const found = fileOf(source.value) ?? fromSite(source.value);
      if (found === undefined || !existsSync(path.join(siteDir, found))) {
        file.fail(
          `<${node.name}> names a file that is not there: ${source.value}`,
          { place: node.position },
        );
      }
      const fromPage = `./${posix.relative(posix.dirname(page), found)}`;
      // The name before `!=` keeps the bundler from reading the file as what its ending says (JSON, CSS, a script).
      source.value = requireDefault(
        `${fromPage}.raw!=${inlineMarkdownLinkFileLoader}${fromPage}`,
      );
    });
  };
}

/** Where a path that does not depend on the page leads, counted from the site. */
function fileOf(source) {
  if (source.startsWith('@site/')) return source.slice('@site/'.length);
  return source.startsWith('/') ? `static${source}` : undefined;
}

const toPosix = relative => relative.split(path.sep).join('/');
