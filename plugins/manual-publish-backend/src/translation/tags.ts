/**
 * Tags stand in a segment for what must not change: `<1>…</1>` around text, `<2/>` where there is none to translate. Numbers
 * count from one within a segment.
 */
export type Token =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'open'; readonly number: number }
  | { readonly type: 'close'; readonly number: number }
  | { readonly type: 'void'; readonly number: number };

/** Blanks are forgiven, as models set them now and then. Text of writers that looks like this becomes a tag itself. */
export const TAG = /< ?(\/?) ?(\d{1,6}) ?(\/?) ?>/g;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    if (match.index > end) {
      tokens.push({ type: 'text', value: text.slice(end, match.index) });
    }
    tokens.push({ type: typeOf(match), number: Number(match[2]) });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ type: 'text', value: text.slice(end) });
  return tokens;
}

function typeOf([, closes, , isVoid]: RegExpMatchArray):
  | 'open'
  | 'close'
  | 'void' {
  if (closes) return 'close';
  return isVoid ? 'void' : 'open';
}

export function writeTokens(tokens: readonly Token[]): string {
  return tokens.map(writeToken).join('');
}

export function writeToken(token: Token): string {
  switch (token.type) {
    case 'text':
      return token.value;
    case 'open':
      return `<${token.number}>`;
    case 'close':
      return `</${token.number}>`;
    default:
      return `<${token.number}/>`;
  }
}

/** The text without its tags. */
export function plainText(text: string): string {
  return tokensOf(text)
    .map(token => (token.type === 'text' ? token.value : ''))
    .join('');
}

export function hasLetters(text: string): boolean {
  return /\p{L}/u.test(plainText(text));
}

export type TaggedNode =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'void'; readonly number: number }
  | {
      readonly type: 'pair';
      readonly number: number;
      readonly children: readonly TaggedNode[];
    };

/** Tags that do not nest. */
export class TagsDoNotNest extends Error {
  readonly name = 'TagsDoNotNest';
}

/** @throws TagsDoNotNest where a tag is closed that is not the last open one, or stays open */
export function nest(tokens: readonly Token[]): TaggedNode[] {
  const root: TaggedNode[] = [];
  const open: { number: number; children: TaggedNode[] }[] = [];
  for (const token of tokens) {
    const siblings = open.at(-1)?.children ?? root;
    if (token.type === 'open') {
      open.push({ number: token.number, children: [] });
    } else if (token.type === 'close') {
      const last = open.pop();
      if (last?.number !== token.number) {
        throw new TagsDoNotNest(
          `${writeToken(token)} closes what is not open there`,
        );
      }
      (open.at(-1)?.children ?? root).push({ type: 'pair', ...last });
    } else {
      siblings.push(token);
    }
  }
  const [unclosed] = open;
  if (unclosed) throw new TagsDoNotNest(`<${unclosed.number}> is not closed`);
  return root;
}
