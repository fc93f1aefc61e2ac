import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bringUiStyles } from '../styles/bringUiStyles';

// When a page comes to be, not when it is shown: it must not be seen without.
bringUiStyles();

/** What every page, and every card of its own, stands in. @public */
export function QueryRoot({ children }: { children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // A browser that believes to be offline still asks, so that the page can say so rather than wait.
          queries: { networkMode: 'always' },
        },
      }),
  );
  return (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
}
