import { useTitlePrefix } from '@herald/frontend';
import { countPrefix } from './countPrefix';

/** The number in the title of the tab, while it is wanted. */
export function useTitleCounter(count: number, isWanted: boolean) {
  useTitlePrefix(isWanted ? countPrefix(count) : '');
}
