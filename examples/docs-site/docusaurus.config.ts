import type { Config } from '@docusaurus/types';
import type { Options, ThemeConfig } from '@docusaurus/preset-classic';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import publishedPaths from './src/remark/publishedPaths.mjs';

/** Switches the flags of Docusaurus 4 on; continuous integration builds with and without. */
const futureV4 = process.env.DOCS_FUTURE_V4 === 'true';

const config: Config = {
  title: 'Manuals',
  tagline: 'Cloud platform, API management, application modernization',
  favicon: 'img/favicon.svg',
  url: process.env.DOCS_URL ?? 'https://docs.example.com',
  baseUrl: '/',
  trailingSlash: false,

  future: {
    v4: futureV4,
    // One option of it, threads for rendering, needs a flag of Docusaurus 4.
    faster: futureV4
      ? true
      : {
          swcJsLoader: true,
          swcJsMinimizer: true,
          swcHtmlMinimizer: true,
          lightningCssMinimizer: true,
          mdxCrossCompilerCache: true,
          rspackBundler: true,
          rspackPersistentCache: true,
        },
  },

  // What is broken must not be published: none of these may warn only.
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  markdown: {
    // `:key:` in a text is what somebody wrote, not a picture of a key.
    emoji: false,
    hooks: {
      onBrokenMarkdownLinks: 'throw',
      onBrokenMarkdownImages: 'throw',
    },
  },

  i18n: {
    defaultLocale: 'en',
    // The codes are those of `manualPublish.targetLanguages`, and name the folders below i18n/.
    locales: ['en', 'ko', 'fr', 'ja', 'es', 'de', 'zh', 'ru', 'it', 'pt', 'ar'],
    localeConfigs: {
      zh: { htmlLang: 'zh-Hans' },
      pt: { htmlLang: 'pt-BR' },
      ar: { direction: 'rtl' },
    },
  },

  presets: [
    [
      'classic',
      {
        docs: {
          routeBasePath: '/',
          sidebarPath: './sidebars.ts',
          beforeDefaultRemarkPlugins: [
            [publishedPaths, { siteDir: __dirname }],
          ],
          remarkPlugins: [remarkMath],
          rehypePlugins: [rehypeKatex],
        },
        blog: false,
        pages: false,
        theme: {
          customCss: [
            require.resolve('katex/dist/katex.min.css'),
            './src/css/custom.css',
          ],
        },
      } satisfies Options,
    ],
  ],

  themeConfig: {
    docs: { sidebar: { hideable: true } },
    navbar: {
      title: 'Manuals',
      items: [{ type: 'localeDropdown', position: 'right' }],
    },
    prism: { additionalLanguages: ['bash', 'java', 'hcl', 'powershell'] },
  } satisfies ThemeConfig,
};

export default config;
