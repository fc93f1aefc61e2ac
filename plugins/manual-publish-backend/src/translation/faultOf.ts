import type { Glossary } from './Translator';
import {
  TaggedNode,
  TagsDoNotNest,
  nest,
  plainText,
  tokensOf,
  writeToken,
  writeTokens,
} from './tags';

export type AnswerFault = {
  /** For the translator, which is asked again, and for people. */
  readonly reason: string;
  /** Whether the answer is of no use. Otherwise it is taken where nothing better comes. */
  readonly isFatal: boolean;
};

/** Longer than this, an answer is no translation. Short texts may well grow more. */
const LONGEST = { factor: 4, beyond: 120 };
/** Shorter than this, something is missing. Chinese takes about a third of the letters of English. */
const SHORTEST = { factor: 0.08, from: 100 };

/** What is wrong with an answer, if anything is. */
export function faultOf(
  source: string,
  answer: string | undefined,
  glossary: Pick<Glossary, 'keep'>,
): AnswerFault | undefined {
  const reason = fatalReason(source, answer);
  if (reason !== undefined) return { reason, isFatal: true };
  const lost = lostTerm(source, answer ?? '', glossary);
  return lost === undefined
    ? undefined
    : { reason: `"${lost}" has to stay as it is`, isFatal: false };
}

function fatalReason(
  source: string,
  answer: string | undefined,
): string | undefined {
  if (answer === undefined) return 'there was no answer for it';
  if (plainText(answer).trim() === '') return 'the answer was empty';
  return tagFault(source, answer) ?? lengthFault(source, answer);
}

function tagFault(source: string, answer: string): string | undefined {
  const expected = tagsOf(source);
  const given = tagsOf(answer);
  const missing = without(expected, given);
  const foreign = without(given, expected);
  if (missing.length > 0 || foreign.length > 0) {
    return [
      `its tags have to be ${expected.join(' ') || 'none'}`,
      missing.length > 0 && `missing: ${missing.join(' ')}`,
      foreign.length > 0 && `not among them or too often: ${foreign.join(' ')}`,
    ]
      .filter(Boolean)
      .join('; ');
  }
  try {
    return nestingFault(nest(tokensOf(source)), nest(tokensOf(answer)));
  } catch (error) {
    if (error instanceof TagsDoNotNest) {
      return `its tags do not nest: ${error.message}`;
    }
    throw error;
  }
}

function tagsOf(text: string): string[] {
  return tokensOf(text)
    .filter(token => token.type !== 'text')
    .map(writeToken);
}

/** What is left of a list when each item of another is taken away once. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const each of taken) counts.set(each, (counts.get(each) ?? 0) + 1);
  return list.filter(each => {
    const left = counts.get(each) ?? 0;
    counts.set(each, left - 1);
    return left <= 0;
  });
}

/** Tags may change places, but not what they stand in: a link within a link is none. */
function nestingFault(
  source: readonly TaggedNode[],
  answer: readonly TaggedNode[],
): string | undefined {
  const expected = new Map(placed(source).map(each => [each.number, each]));
  for (const { number, parent, isEmpty } of placed(answer)) {
    const wanted = expected.get(number)?.parent;
    if (parent !== wanted) {
      return wanted === undefined
        ? `tag ${number} must not stand within another tag`
        : `tag ${number} has to stand within <${wanted}>`;
    }
    if (isEmpty) return `<${number}>…</${number}> must not be empty`;
  }
  return undefined;
}

type PlacedTag = {
  number: number;
  parent: number | undefined;
  isEmpty: boolean;
};

function placed(nodes: readonly TaggedNode[], parent?: number): PlacedTag[] {
  return nodes.flatMap(node => {
    if (node.type === 'text') return [];
    if (node.type === 'void') {
      return [{ number: node.number, parent, isEmpty: false }];
    }
    return [
      { number: node.number, parent, isEmpty: !holdsSomething(node.children) },
      ...placed(node.children, node.number),
    ];
  });
}

function holdsSomething(nodes: readonly TaggedNode[]): boolean {
  return nodes.some(node =>
    node.type === 'text' ? node.value.trim() !== '' : true,
  );
}

function lengthFault(source: string, answer: string): string | undefined {
  const before = plainText(source).length;
  const after = plainText(answer).length;
  if (after > before * LONGEST.factor + LONGEST.beyond) {
    return 'the answer was far longer than the text';
  }
  if (before >= SHORTEST.from && after < before * SHORTEST.factor) {
    return 'the answer was far shorter than the text';
  }
  return undefined;
}

function lostTerm(
  source: string,
  answer: string,
  glossary: Pick<Glossary, 'keep'>,
): string | undefined {
  const before = plainText(source);
  const after = plainText(answer);
  return glossary.keep.find(
    term => before.includes(term) && !after.includes(term),
  );
}

/**
 * An answer as it is kept: tags as we write them, no blanks around, no line breaks where the source has none, and no control
 * characters or halves of characters, which neither PostgreSQL nor MDX takes.
 */
export function normalised(source: string, answer: string): string {
  const written = writeTokens(tokensOf(answer))
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}/gu, '')
    .trim();
  return /[\r\n]/.test(source)
    ? written
    : written.replace(/\s+/g, blanks => (/[\r\n]/.test(blanks) ? ' ' : blanks));
}
