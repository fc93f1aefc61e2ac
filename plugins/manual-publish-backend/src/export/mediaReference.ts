import type { Block } from './Conversion';
import { MediaReference } from './ConversionContext';
import type { RichText } from './richText/convertRichText';

type MediaKind = 'image' | 'video' | 'audio' | 'pdf' | 'file';
type MediaContent = (
  | { readonly type: 'external'; readonly external: { readonly url: string } }
  | { readonly type: 'file'; readonly file: { readonly url: string } }
) & { readonly caption: readonly RichText[]; readonly name?: string };

/** What the blocks that show a medium have in common. */
export type Medium = {
  readonly reference: MediaReference;
  readonly caption: readonly RichText[];
};

/** The medium of a block; `undefined` for all other blocks. */
export function mediumOf(block: Block): Medium | undefined {
  switch (block.type) {
    case 'image':
      return medium(block, 'image', block.image);
    case 'video':
      return medium(block, 'video', block.video);
    case 'audio':
      return medium(block, 'audio', block.audio);
    case 'pdf':
      return medium(block, 'pdf', block.pdf);
    case 'file':
      return medium(block, 'file', block.file);
    default:
      return undefined;
  }
}

function medium(block: Block, kind: MediaKind, content: MediaContent): Medium {
  const isHosted = content.type === 'file';
  const url = isHosted ? content.file.url : content.external.url;
  const name = content.name || fileName(url);
  return {
    reference: {
      blockId: block.id,
      kind,
      url,
      isHosted,
      ...(name ? { name } : {}),
    },
    caption: content.caption ?? [],
  };
}

/** The last part of the path, as people named the file. */
function fileName(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  } catch {
    return undefined;
  }
}
