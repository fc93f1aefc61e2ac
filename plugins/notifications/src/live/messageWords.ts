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

/** Marks of Markdown that nobody wants to read; what is between them stays. */
const MARKS: [RegExp, string][] = [
  [/!?\[([^\]]*)\]\([^)]*\)/g, '$1'],
  [/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, ''],
  [/(\*\*|__|~~|`+)(.+?)\1/g, '$2'],
  [/\s+/g, ' '],
];

/** The beginning of a message without its Markdown, for where there is little room and no markup. */
export function beginningOf(text: string | undefined): string {
  const plain = MARKS.reduce(
    (rest, [mark, instead]) => rest.replace(mark, instead),
    (text ?? '').slice(0, 10 * LONGEST),
  ).trim();
  return plain.length > LONGEST
    ? `${plain.slice(0, LONGEST - 1).trimEnd()}…`
    : plain;
}
