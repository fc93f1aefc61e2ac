import { useEffect, useRef } from 'react';

/** Does something once what calls this is gone for good: by a button, a key, or another address. */
export function useLeaving(onLeave: () => void): void {
  const newest = useRef(onLeave);
  newest.current = onLeave;
  const leaving = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    // React's strict mode takes everything away once, and brings it back at once.
    clearTimeout(leaving.current);
    return () => {
      leaving.current = setTimeout(() => newest.current());
    };
  }, []);
}
