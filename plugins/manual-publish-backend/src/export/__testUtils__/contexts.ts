import { ConversionContext } from '../ConversionContext';

/** A site in which every page and every medium is. */
export const everythingThere: ConversionContext = {
  linkTo: ({ pageId, blockId }) =>
    `./${pageId.slice(0, 8)}.mdx${blockId ? `#${blockId.slice(0, 8)}` : ''}`,
  media: ({ kind, name }) => ({
    href: `@site/docs/zcp/_media/3f2a${name?.match(/\.\w+$/)?.[0] ?? ''}`,
    type: kind === 'image' ? 'image/png' : 'application/octet-stream',
    bytes: 2048,
  }),
  titleOf: () => undefined,
  isRootOfFolder: false,
  sourceLanguage: 'en',
};

/** A site in which nothing is. */
export const nothingThere: ConversionContext = {
  ...everythingThere,
  linkTo: () => undefined,
  media: () => undefined,
};
