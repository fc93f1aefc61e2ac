import { Root } from 'mdast';
import { MediaReference } from '../export/ConversionContext';
import { HeadingIds } from '../export/headingAnchors';
import { convertPage } from '../export/convertPage';
import { SafeFiles } from '../git/SafeFiles';
import { Warning } from '../publishing/Warning';
import { frontMatter } from './frontMatter';
import { Manifest } from './Manifest';
import { PlannedPage, SitePlan } from './SitePlan';
import { provenText } from './provenText';
import { SiteLayout, SiteSettings } from './SiteLayout';
import { SiteLinks } from './SiteLinks';
import { mediumName, SiteMedium } from './SiteMedium';

/** A page that is ready to be written. */
export type ReadyPage = PlannedPage & {
  readonly file: string;
  /** With its front matter. */
  readonly root: Root;
  readonly text: string;
  readonly media: readonly SiteMedium[];
  /** Ids of the pages that it links to. */
  readonly links: readonly string[];
  readonly headings: HeadingIds;
};

/**
 * Makes the texts of all pages that have a file, and proves them; nothing is written.
 *
 * @throws FaultyPage
 */
export async function convertPages(options: {
  plan: SitePlan;
  previous: Manifest;
  layout: SiteLayout;
  files: Pick<SafeFiles, 'read'>;
  settings: Pick<SiteSettings, 'headingIds' | 'sourceLanguage'>;
  mediumFor: (reference: MediaReference) => SiteMedium | undefined;
  signal: AbortSignal;
  onWarning: (warning: Warning) => void;
  onPage: (done: number, total: number, title: string) => void;
}): Promise<readonly ReadyPage[]> {
  const { plan, signal } = options;
  const links = new SiteLinks(plan, options.previous);
  const ready: ReadyPage[] = [];
  const withFile = plan.pages.flatMap(page =>
    page.file === undefined ? [] : [{ ...page, file: page.file }],
  );
  for (const page of withFile) {
    signal.throwIfAborted();
    ready.push(await convert(page, links, options));
    options.onPage(ready.length, withFile.length, page.title);
  }
  return ready;
}

async function convert(
  page: PlannedPage & { file: string },
  links: SiteLinks,
  options: Parameters<typeof convertPages>[0],
): Promise<ReadyPage> {
  const { layout, settings, mediumFor } = options;
  const media = new Map<string, SiteMedium>();
  const linked = new Set<string>();
  const headingIds = links.headingIdsOf(page.id);
  const converted = convertPage(page.snapshot, {
    linkTo: target => {
      const id = links.targetOf(target.pageId);
      if (id !== undefined && id !== page.id) linked.add(id);
      return links.linkTo(page.file, target);
    },
    media: reference => {
      const medium = mediumFor(reference);
      if (medium === undefined) return undefined;
      const name = mediumName(medium);
      media.set(name, medium);
      return { ...medium, href: layout.mediaHref(name) };
    },
    titleOf: id => links.titleOf(id),
    headingIds,
    isRootOfFolder: page.folder !== undefined,
    sourceLanguage: settings.sourceLanguage,
  });
  converted.warnings.forEach(options.onWarning);
  const root: Root = {
    ...converted.root,
    children: [frontMatter(page), ...converted.root.children],
  };
  const text = await provenText(root, {
    headingIds: settings.headingIds,
    pageId: page.id,
    path: layout.page(page.file),
    files: options.files,
  });
  return {
    ...page,
    root,
    text,
    // What was asked for and is not shown is no part of the page.
    media: [...media].flatMap(([name, medium]) =>
      text.includes(name) ? [medium] : [],
    ),
    links: [...linked].sort(),
    headings: headingIds,
  };
}
