import { RiBookShelfLine } from '@remixicon/react';

/** The icon of the pages in the navigation. @public */
export function ManualPublishIcon() {
  return <RiBookShelfLine size="1em" aria-hidden />;
}
