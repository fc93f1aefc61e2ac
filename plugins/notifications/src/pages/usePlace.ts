import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const PLACES = ['settings', 'send'] as const;
const PARAMETER = 'tab';

/** What of the page is looked at: the messages, or one of the other places. */
export type Place = 'inbox' | (typeof PLACES)[number];

/** The address of a place within the page. */
export function searchOf(place: Place): string {
  return place === 'inbox' ? '' : `?${new URLSearchParams({ tab: place })}`;
}

/** The place in the address bar. The filters of the messages do not go along. */
export function usePlace(): [Place, (place: Place) => void] {
  const [params, setParams] = useSearchParams();
  const place = PLACES.find(one => one === params.get(PARAMETER)) ?? 'inbox';
  const go = useCallback(
    (to: Place) => setParams(new URLSearchParams(searchOf(to))),
    [setParams],
  );
  return [place, go];
}
