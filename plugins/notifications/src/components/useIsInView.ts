import { useEffect, useRef, type RefObject } from 'react';

/**
 * Whether an element can be seen, in a ref: nobody is rendered anew because it scrolled. An environment that cannot tell says yes.
 */
export function useIsInView(element: RefObject<HTMLElement | null>): {
  readonly current: boolean;
} {
  const isInView = useRef<boolean>(true);
  useEffect(() => {
    if (!element.current || typeof IntersectionObserver === 'undefined') {
      return undefined;
    }
    const observer = new IntersectionObserver(entries => {
      isInView.current = entries.at(-1)?.isIntersecting ?? true;
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isInView;
}
