import { BlockContent } from 'mdast';
import { jsxBlock } from '../mdx/jsx';
import { BlockNode } from '../source/PageSnapshot';
import { cleanText } from '../source/cleanText';
import type { Block, Conversion } from './Conversion';
import { MediaLink } from './ConversionContext';
import { labelText } from './labelText';
import { webAddress } from '../mdx/webAddress';
import { isFetched } from './mediaOf';
import { Medium, mediumOf } from './mediaReference';
import { paragraphOf } from './paragraphOf';
import { placeholder } from './placeholder';

/** Where a medium is: in the site, or elsewhere. */
export type MediaPlace =
  | { readonly src: string; readonly link: MediaLink }
  | { readonly url: string; readonly link?: undefined };

type Shown = { readonly place: MediaPlace; readonly name: string } & Medium;

/**
 * A medium by what `show` makes of it. One that could not be fetched is a link to its block, or to where it is, never a broken
 * picture; its caption is kept.
 */
export function mediaBlocks(
  block: Block,
  children: readonly BlockNode[],
  conversion: Conversion,
  show: (shown: Shown) => BlockContent[],
): BlockContent[] {
  const medium = mediumOf(block);
  const below = conversion.blocks(children);
  if (!medium) return below;
  const { reference, caption } = medium;
  const place = placeOf(medium, conversion);
  const name = cleanText(reference.name ?? '').trim() || reference.kind;
  if (place) return [...show({ ...medium, place, name }), ...below];
  conversion.warn(
    'media-failed',
    `The ${reference.kind} ${name} could not be fetched; a link is in its place`,
    block.id,
  );
  const elsewhere = reference.isHosted ? undefined : webAddress(reference.url);
  return [
    placeholder(name, elsewhere ?? conversion.notionUrl(block.id)),
    ...paragraphOf(conversion.richText(caption, block)),
    ...below,
  ];
}

function placeOf(
  { reference }: Medium,
  conversion: Conversion,
): MediaPlace | undefined {
  const link = conversion.context.media(reference);
  if (link) return { src: link.href, link };
  const url = isFetched(reference) ? undefined : webAddress(reference.url);
  return url !== undefined && /^https?:/i.test(url) ? { url } : undefined;
}

/** The attribute that says where a medium is. */
export const placeAttribute = (place: MediaPlace) =>
  place.link ? { src: place.src } : { url: place.url };

/** A film or a sound with its caption. */
export const playerOf =
  (component: 'Video' | 'Audio') =>
  ({ place, caption }: Shown): BlockContent[] =>
    [
      jsxBlock(component, {
        ...placeAttribute(place),
        caption: labelText(caption) || undefined,
      }),
    ];

/** Something with a name, and its caption below it. */
export const namedFile =
  (component: 'FileLink' | 'Pdf', block: Block, conversion: Conversion) =>
  ({ place, caption, name }: Shown): BlockContent[] =>
    [
      jsxBlock(component, {
        ...placeAttribute(place),
        name,
        ...(component === 'FileLink' && place.link
          ? { size: String(place.link.bytes) }
          : {}),
      }),
      ...paragraphOf(conversion.richText(caption, block)),
    ];
