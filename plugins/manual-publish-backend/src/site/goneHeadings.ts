import { SafeFiles } from '../git/SafeFiles';
import { ReadyPage } from './convertPages';
import { Manifest } from './Manifest';
import { SitePlan } from './SitePlan';
import { SiteLayout } from './SiteLayout';
import { writtenHeadings } from './writtenHeadings';

/** Ids of headings that pages have no more, by the files in which they were. */
export type GoneHeadings = ReadonlyMap<string, ReadonlySet<string>>;

/** By the files themselves: a manifest of an older Herald does not have the ids. */
export async function goneHeadings({
  plan,
  previous,
  ready,
  files,
  layout,
}: {
  plan: SitePlan;
  previous: Manifest;
  ready: readonly ReadyPage[];
  files: Pick<SafeFiles, 'read'>;
  layout: SiteLayout;
}): Promise<GoneHeadings> {
  const texts = new Map(ready.map(({ id, text }) => [id, text]));
  const gone = new Map<string, ReadonlySet<string>>();
  for (const { id } of plan.pages) {
    const file = previous.get(id)?.file;
    if (file === undefined) continue;
    const before = await files.read(layout.page(file));
    const now = writtenHeadings(texts.get(id) ?? '');
    const lost = [...writtenHeadings(before ?? '')].filter(
      heading => !now.has(heading),
    );
    if (lost.length > 0) gone.set(file, new Set(lost));
  }
  return gone;
}

/** Whether a text may have a link to one of them; to know it, it is to be parsed. */
export function mayLeadTo(gone: GoneHeadings, text: string): boolean {
  return [...gone.values()].some(headings =>
    [...headings].some(
      heading =>
        text.includes(`#${heading}`) ||
        text.includes(`#${encodeURIComponent(heading)}`),
    ),
  );
}
