import { useDocsSidebar } from '@docusaurus/plugin-content-docs/client';
import DocCardList from '@theme/DocCardList';
import type { ReactNode } from 'react';

/** Cards of the manuals that have been published; the landing page names none of them, so that it builds before the first. */
export function Solutions(): ReactNode {
  const manuals = useDocsSidebar()?.items.filter(
    item => item.type === 'category',
  );
  return manuals?.length ? <DocCardList items={manuals} /> : null;
}
