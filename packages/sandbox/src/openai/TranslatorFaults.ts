import { Segment } from './segments';
import { tagPattern } from './pseudoTranslate';

/** How an answer of status 200 can be wrong nevertheless. */
export type TranslatorFaultKind =
  /** The last segment is left out. */
  | 'dropped-id'
  /** The first tag of each segment is lost. */
  | 'lost-tag'
  /** The JSON stands in a Markdown fence. */
  | 'fence'
  /** The answer ends in the middle, with `finish_reason: length`. */
  | 'truncation'
  /** Prose in place of JSON. */
  | 'not-json'
  /** The model refuses: `refusal` is set and there is no content. */
  | 'refusal';

export interface TranslatorFault {
  kind: TranslatorFaultKind;
  /** How many answers it spoils; left out, until it is removed. */
  times?: number;
  /** Spoils only answers to requests that contain this text. */
  about?: string;
}

export class TranslatorFaults {
  #faults: Array<{ fault: TranslatorFault; left: number }> = [];

  /** Returns what takes the fault away again. */
  add(fault: TranslatorFault): () => void {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter(each => each !== entry);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  take(prompt: string): TranslatorFaultKind | undefined {
    const entry = this.#faults.find(
      ({ fault, left }) => left > 0 && prompt.includes(fault.about ?? ''),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.fault.kind;
  }
}

export function segmentsUnder(
  fault: TranslatorFaultKind | undefined,
  segments: readonly Segment[],
): readonly Segment[] {
  if (fault === 'dropped-id') return segments.slice(0, -1);
  if (fault !== 'lost-tag') return segments;
  return segments.map(segment => ({
    ...segment,
    text: withoutFirstTag(segment.text),
  }));
}

function withoutFirstTag(text: string): string {
  const [first] = text.match(tagPattern) ?? [];
  return first === undefined ? text : text.replace(first, '');
}

export function contentUnder(
  fault: TranslatorFaultKind | undefined,
  content: string,
): string {
  switch (fault) {
    case 'fence':
      return `\`\`\`json\n${content}\n\`\`\``;
    case 'truncation':
      return content.slice(0, Math.floor(content.length * 0.6));
    case 'not-json':
      return 'Sure! Here are the translations that you asked for.';
    default:
      return content;
  }
}
