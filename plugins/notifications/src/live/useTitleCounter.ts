import { useEffect, useState } from 'react';
import { TitleCounter } from './titleCounter';

/** The number in the title of the tab, while it is wanted. */
export function useTitleCounter(count: number, isWanted: boolean) {
  const [counter, setCounter] = useState<TitleCounter>();
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const created = new TitleCounter();
    setCounter(created);
    return () => {
      created.stop();
      setCounter(undefined);
    };
  }, [isWanted]);
  useEffect(() => counter?.show(count), [counter, count]);
}
