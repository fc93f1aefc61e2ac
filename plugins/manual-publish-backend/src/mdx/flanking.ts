import { Delete, Emphasis, Nodes, Parents, Strong } from 'mdast';
import { toString } from 'mdast-util-to-string';

type Attention = Strong | Emphasis | Delete;

/**
 * Whether markers around a node would be read as such, by the rule of CommonMark for left- and right-flanking runs: inside of
 * them there must be no white space, and punctuation only where there is white space or punctuation outside, too.
 */
export function isFlanked(
  node: Attention,
  parent: Parents,
  index: number,
): boolean {
  const inside = toString(node);
  if (inside === '') return false;
  const first = node.children[0];
  const last = node.children.at(-1);
  const before = edgeOf(parent.children[index - 1], 'end');
  const after = edgeOf(parent.children[index + 1], 'start');
  return (
    canOpen(before, first && edgeOf(first, 'start')) &&
    canOpen(after, last && edgeOf(last, 'end'))
  );
}

const isSpace = (character: string) => /\s/u.test(character);
const isMarker = (character: string) => /[*_~]/.test(character);
const isPunctuation = (character: string) => /[\p{P}\p{S}]/u.test(character);
const isOther = (character: string) =>
  isSpace(character) || isPunctuation(character);

function canOpen(outside: string | undefined, inside: string | undefined) {
  if (inside === undefined || isSpace(inside)) return false;
  if (outside !== undefined && isMarker(outside)) return false;
  return !isPunctuation(inside) || outside === undefined || isOther(outside);
}

/** What is written at the edge of a node; nothing at the edge of its parent or where a line ends. */
function edgeOf(
  node: Nodes | undefined,
  side: 'start' | 'end',
): string | undefined {
  switch (node?.type) {
    case undefined:
    case 'break':
      return undefined;
    case 'text': {
      const characters = [...node.value];
      return side === 'start' ? characters[0] : characters.at(-1);
    }
    case 'strong':
    case 'emphasis':
    case 'delete':
      return '*';
    default:
      return '`';
  }
}
