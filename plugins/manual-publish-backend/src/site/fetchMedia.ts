import pLimit from 'p-limit';
import { MediaReference } from '../export/ConversionContext';
import { mediaOf } from '../export/mediaOf';
import {
  FetchedMedia,
  FetchOptions,
  MediaFailure,
  MediaFetcher,
} from '../media/MediaFetcher';
import { Warning } from '../publishing/Warning';
import { ManualSource } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';

/** Media that are asked for side by side; the fetcher itself limits downloads. */
const AT_ONCE = 16;

/** The media of some pages: copies, and why there is none. */
export class PageMedia {
  readonly #fetched = new Map<string, FetchedMedia | MediaFailure>();

  add(reference: MediaReference, medium: FetchedMedia | MediaFailure): void {
    this.#fetched.set(reference.blockId, medium);
  }

  find({ blockId }: MediaReference): FetchedMedia | undefined {
    const medium = this.#fetched.get(blockId);
    return medium && 'file' in medium ? medium : undefined;
  }

  /** The exporter does not know why a medium is not there. */
  explained(warning: Warning): Warning {
    const medium = this.#fetched.get(warning.blockId ?? '');
    return warning.code === 'media-failed' && medium && 'reason' in medium
      ? { ...warning, message: `${warning.message}: ${medium.message}` }
      : warning;
  }
}

export async function fetchMedia(
  order: {
    readonly tree: PageTree;
    readonly signal: AbortSignal;
    readonly onCall: () => void;
  },
  fetcher: Pick<MediaFetcher, 'fetch'>,
  source: Pick<ManualSource, 'refreshBlock'>,
  published: FetchOptions['published'],
): Promise<PageMedia> {
  const { signal, onCall } = order;
  const media = new PageMedia();
  const limit = pLimit(AT_ONCE);
  const references = pagesIn(order.tree).flatMap(({ snapshot }) =>
    mediaOf(snapshot),
  );
  await Promise.all(
    references.map(reference =>
      limit(async () => {
        const refresh = (blockId: string) =>
          source.refreshBlock(blockId, { signal, onCall });
        media.add(
          reference,
          await fetcher.fetch(reference, { signal, refresh, published }),
        );
      }),
    ),
  );
  return media;
}

function pagesIn(tree: PageTree): readonly PageTree[] {
  return [tree, ...tree.children.flatMap(pagesIn)];
}
