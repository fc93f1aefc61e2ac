import { BlockNode, PageSnapshot } from '../source/PageSnapshot';
import { MediaReference } from './ConversionContext';
import { mediumOf } from './mediaReference';

export const isFetched = ({ isHosted, kind }: MediaReference): boolean =>
  isHosted || kind === 'image';

/**
 * The media of a page that have to be in the site: all that Notion hosts, as their addresses expire, and images from elsewhere, so that
 * none is broken. Films, sounds and files elsewhere are shown from there.
 */
export function mediaOf(snapshot: PageSnapshot): MediaReference[] {
  const references: MediaReference[] = [];
  const visit = ({ block, children }: BlockNode) => {
    const reference = mediumOf(block)?.reference;
    if (reference && isFetched(reference)) references.push(reference);
    children.forEach(visit);
  };
  snapshot.blocks.forEach(visit);
  return references;
}
