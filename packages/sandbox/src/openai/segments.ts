/** A piece of text that a request asks to have translated, with the id that the answer is keyed by. */
export interface Segment {
  id: string | number;
  text: string;
}

const textKeys = ['text', 'source', 'content', 'segment', 'value'] as const;

/**
 * Finds the segments in the JSON of a message, in any of the shapes that are common: a list of `{id, text}` (or
 * `source`, `content`, `segment`, `value`), at any depth, or an object under `segments` that maps ids to texts.
 */
export function segmentsIn(message: string): Segment[] {
  return jsonValuesIn(message).flatMap(value => segmentsOf(value));
}

/** JSON objects and lists in a text, also when they stand between sentences or in a fence. */
function jsonValuesIn(message: string): unknown[] {
  const whole = parsed(message);
  if (whole !== undefined) return [whole];
  const first = message.search(/[[{]/);
  const last = Math.max(message.lastIndexOf(']'), message.lastIndexOf('}'));
  const inner = first < 0 ? undefined : parsed(message.slice(first, last + 1));
  if (inner !== undefined) return [inner];
  return message.split('\n').flatMap(line => parsed(line) ?? []);
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function segmentsOf(value: unknown): Segment[] {
  if (Array.isArray(value)) return value.flatMap(segmentsOf);
  if (!isRecord(value)) return [];
  const { id } = value;
  const key = textKeys.find(each => typeof value[each] === 'string');
  if ((typeof id === 'string' || typeof id === 'number') && key) {
    return [{ id, text: String(value[key]) }];
  }
  const { segments } = value;
  if (isRecord(segments)) {
    const mapped = Object.entries(segments).flatMap(([each, text]) =>
      typeof text === 'string' ? [{ id: each, text }] : [],
    );
    if (mapped.length > 0) return mapped;
  }
  return Object.values(value).flatMap(segmentsOf);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
