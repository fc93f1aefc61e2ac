import type { ReactNode } from 'react';

/** A link out of the site or to a file, in a new tab; only its text where there is no address. */
export function OutLink({
  to,
  download,
  children,
}: {
  to: string | undefined;
  /** The name under which a file is kept by who follows the link. */
  download?: string;
  children: ReactNode;
}): ReactNode {
  if (to === undefined) return children;
  return (
    <a href={to} download={download} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
