import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

export type SavingState =
  | { step: 'idle' | 'saving' | 'saved' }
  | { step: 'failed'; error: unknown };

/**
 * Saves a setting as it is changed: shown at once, sent one after the other, the latest in place of those that still wait. What the
 * server refuses is taken back, to what it confirmed last.
 *
 * @param options.save - resolves to what the server has now
 */
export function useSaving<T>(options: {
  queryKey: QueryKey;
  save: (value: T) => Promise<T>;
  onSaved?: () => void;
}) {
  const { queryKey, save, onSaved } = options;
  const queryClient = useQueryClient();
  const [state, setState] = useState<SavingState>({ step: 'idle' });
  const wanted = useRef<{ value: T }>();
  const isRunning = useRef(false);

  const run = useCallback(
    async (before: T | undefined) => {
      let confirmed = before;
      isRunning.current = true;
      setState({ step: 'saving' });
      try {
        while (wanted.current) {
          const { value } = wanted.current;
          wanted.current = undefined;
          confirmed = await save(value);
        }
        queryClient.setQueryData(queryKey, confirmed);
        setState({ step: 'saved' });
        onSaved?.();
      } catch (error) {
        wanted.current = undefined;
        queryClient.setQueryData(queryKey, confirmed);
        setState({ step: 'failed', error });
      } finally {
        isRunning.current = false;
      }
    },
    [queryClient, queryKey, save, onSaved],
  );

  const change = useCallback(
    (value: T) => {
      const before = queryClient.getQueryData<T>(queryKey);
      // An answer that is under way is older than what the person just chose.
      void queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, value);
      wanted.current = { value };
      if (!isRunning.current) {
        void run(before);
      }
    },
    [queryClient, queryKey, run],
  );

  return { state, change };
}
