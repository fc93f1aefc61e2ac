import type { Burst } from './Bursts';

/** Where on the page a message is, or the messages of a burst; `path`: that of the page. */
export function linkTo({ origin, messages }: Burst, path: string): string {
  const [first, ...rest] = messages;
  if (rest.length === 0) {
    return `${path}?${new URLSearchParams({ id: first.id })}`;
  }
  const search = new URLSearchParams({ origin });
  if (messages.every(({ isSystem }) => isSystem)) {
    search.set('tab', 'updates');
  }
  return `${path}?${search}`;
}

const LONGEST = 160;

/** The beginning of a text, for where there is little room. */
export function beginningOf(text: string | undefined): string {
  const line = (text ?? '').replace(/\s+/g, ' ').trim();
  return line.length > LONGEST
    ? `${line.slice(0, LONGEST - 1).trimEnd()}…`
    : line;
}
