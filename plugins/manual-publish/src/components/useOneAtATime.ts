import { useMemo } from 'react';

/** Whose turn it is, known at once: the second click of two comes before a button is drawn as busy. */
export function useOneAtATime() {
  return useMemo(() => {
    let isTaken = false;
    return {
      /** @returns whether it may be done now; then `end` has to follow */
      begin: () => {
        const isFree = !isTaken;
        isTaken = true;
        return isFree;
      },
      end: () => {
        isTaken = false;
      },
    };
  }, []);
}
