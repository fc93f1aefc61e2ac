import { useDocsSidebar } from '@docusaurus/plugin-content-docs/client';
import DocCardList from '@theme/DocCardList';
import type { ReactNode } from 'react';

/** The landing page's own id: docs/index.mdx. */
const LANDING_PAGE = 'index';

/**
 * Cards of the manuals that have been published; the landing page names none of them, so that it builds before the first. A manual of one page is
 * no category in the sidebar, but a link.
 */
export function Solutions(): ReactNode {
  const manuals = useDocsSidebar()?.items.filter(
    item => item.type !== 'link' || item.docId !== LANDING_PAGE,
  );
  return manuals?.length ? <DocCardList items={manuals} /> : null;
}
