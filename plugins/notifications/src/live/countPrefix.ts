const LARGEST = 99;

/** `(3) ` before a title; the number stays as small as the badge. Nothing where there is none. */
export function countPrefix(count: number): string {
  return count > 0 ? `(${count > LARGEST ? `${LARGEST}+` : count}) ` : '';
}
