import { useEffect, useState } from 'react';
import { TitlePrefix } from './TitlePrefix';

/** Words before the title of the tab, as long as there are any. @public */
export function useTitlePrefix(prefix: string) {
  const [title, setTitle] = useState<TitlePrefix>();
  useEffect(() => {
    const created = new TitlePrefix();
    setTitle(created);
    return () => created.stop();
  }, []);
  useEffect(() => title?.show(prefix), [title, prefix]);
}
