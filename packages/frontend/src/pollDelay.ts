/** How often to ask while all is well, and at the least often while it is not; milliseconds. @public */
export const POLL_INTERVAL = 5_000;
/** The longest pause between polls, after failures; milliseconds. @public */
export const LONGEST_POLL_INTERVAL = 60_000;

/**
 * The pause before the next poll: doubled by each failure in a row, and spread by a fifth to either side so that the tabs of a
 * whole company do not ask in step.
 *
 * @param failures - how many polls in a row have failed
 * @param random - from 0 to 1; the same for all renders of a component, as a query whose interval changes begins to wait anew
 * @public
 */
export function pollDelay(failures: number, random: number): number {
  const pause = Math.min(
    POLL_INTERVAL * 2 ** Math.min(failures, 10),
    LONGEST_POLL_INTERVAL,
  );
  return Math.round(pause * (0.8 + 0.4 * random));
}
