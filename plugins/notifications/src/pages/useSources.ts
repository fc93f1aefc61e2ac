import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { notificationsApiRef } from '../api/notificationsApi';
import { PREFERENCES_KEY } from './queryKeys';

/** Long enough that moving about the page asks once. */
const STALE_AFTER = 60_000;

/** From where a person has messages, and about what: what filters offer. */
export type Sources = {
  origins: readonly string[];
  /** @param origins - none: of all */
  topicsOf: (origins: readonly string[]) => string[];
};

export function usePreferences() {
  const api = useApi(notificationsApiRef);
  return useQuery({
    queryKey: PREFERENCES_KEY,
    queryFn: ({ signal }) => api.getPreferences({ signal }),
    staleTime: STALE_AFTER,
    retry: false,
  });
}

/** Nothing to choose from, where the server does not say: the rest of the page works without it. */
export function useSources(): Sources {
  const origins = usePreferences().data?.origins;
  return useMemo(() => {
    const known = origins ?? [];
    const inOrder = (texts: Iterable<string>) =>
      [...new Set(texts)].sort((a, b) => a.localeCompare(b));
    return {
      origins: inOrder(known.map(({ origin }) => origin)),
      topicsOf: chosen =>
        inOrder(
          known
            .filter(
              ({ origin }) => chosen.length === 0 || chosen.includes(origin),
            )
            .flatMap(({ topics }) => topics),
        ).filter(topic => topic !== ''),
    };
  }, [origins]);
}
