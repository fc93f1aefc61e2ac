import { HeadingIds } from './headingAnchors';

/** What a link goes to: a page, or a block of it. Ids are UUIDs with dashes, as Notion's answers have them. */
export type LinkTarget = { readonly pageId: string; readonly blockId?: string };

export type MediaReference = {
  readonly blockId: string;
  readonly kind: 'image' | 'video' | 'audio' | 'pdf' | 'file' | 'icon';
  readonly url: string;
  /** By Notion: the URL expires. */
  readonly isHosted: boolean;
  readonly name?: string;
};

/** A medium that is in the site. */
export type MediaLink = {
  readonly href: string;
  /** By its bytes, such as `image/png`. */
  readonly type: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
};

/** What converting a page asks of the site that it goes to. */
export type ConversionContext = {
  /** A relative link, with `#anchor` where the block has one; `undefined` is outside of the export. */
  linkTo(target: LinkTarget): string | undefined;
  /** `undefined` where it could not be fetched. */
  media(reference: MediaReference): MediaLink | undefined;
  /** The title of a page of the export: the text of links whose source does not have it (`link_to_page`). */
  titleOf?(pageId: string): string | undefined;
  /** Of the page, as it was published before. */
  readonly headingIds?: HeadingIds;
  readonly isRootOfFolder: boolean;
  readonly sourceLanguage: string;
};
