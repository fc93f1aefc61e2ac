import { hasLetters, plainText, tokensOf, writeToken } from './tags';
import type {
  TranslationAnswer,
  TranslationRequest,
  Translator,
} from './Translator';

/** How much longer a translation of English tends to be. */
const GROWTH = 0.3;

const accents: ReadonlyMap<string, string> = new Map(
  (
    'aá bƀ cç dđ eé fƒ gĝ hĥ ií jĵ kķ lļ mɱ nñ oó pþ qǫ rŕ sš tţ uú vṽ wŵ xẋ yý zž ' +
    'AÁ BɃ CÇ DĐ EÉ FƑ GĜ HĤ IÍ JĴ KĶ LĻ MṀ NÑ OÓ PÞ QǪ RŔ SŠ TŢ UÚ VṼ WŴ XẊ YÝ ZŽ'
  )
    .split(' ')
    .map(([plain, accented]) => [plain, accented]),
);

/**
 * No translator but a pseudo-localizer: text that can still be read, with accents, 30 % longer, in brackets and with the language in
 * front. It shows what is not translated, not wide enough or cut off, costs nothing, and is the same every time.
 */
export class PseudoTranslator implements Translator {
  readonly version = 'pseudo/1';

  async translate({
    segments,
    language,
    glossary,
    signal,
  }: TranslationRequest): Promise<TranslationAnswer> {
    signal.throwIfAborted();
    return {
      texts: new Map(
        segments.map(({ id, text }) => [
          id,
          pseudoLocalized(text, language, glossary.keep),
        ]),
      ),
      usage: {
        calls: 0,
        inputTokens: 0,
        cachedInputTokens: 0,
        outputTokens: 0,
      },
    };
  }

  estimateTokens(): number {
    return 0;
  }

  promptTokens(): number {
    return 0;
  }
}

export function pseudoLocalized(
  text: string,
  language: string,
  keep: readonly string[] = [],
): string {
  if (!hasLetters(text)) return text;
  const accented = tokensOf(text)
    .map(token =>
      token.type === 'text'
        ? accentedText(token.value, keep)
        : writeToken(token),
    )
    .join('');
  return `[${language} ${accented}${padding(plainText(text).length)}]`;
}

function accentedText(text: string, keep: readonly string[]): string {
  const fixed = fixedParts(keep);
  const placeholders = placeholdersIn(text);
  let accented = '';
  let at = 0;
  while (at < text.length) {
    fixed.lastIndex = at;
    const length = placeholders.get(at) ?? fixed.exec(text)?.[0].length ?? 0;
    if (length > 0) {
      accented += text.slice(at, at + length);
      at += length;
    } else {
      accented += accents.get(text[at]) ?? text[at];
      at += 1;
    }
  }
  return accented;
}

/** Addresses, formats such as `%s`, entities, and terms that are to be kept. */
function fixedParts(keep: readonly string[]): RegExp {
  const terms = keep.map(term => term.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(
    [
      ...terms,
      String.raw`[a-z]{1,10}://[^\s<>"]+`,
      String.raw`[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+`,
      '%[0-9$.]{0,8}[a-z@]',
      String.raw`&[a-z]{1,20};|&#\w{1,8};`,
    ].join('|'),
    'iy',
  );
}

/** Braces that close, with all that is within them, by where they begin: how long they are. */
function placeholdersIn(text: string): ReadonlyMap<number, number> {
  const open: number[] = [];
  const lengths = new Map<number, number>();
  for (const { index, 0: brace } of text.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) lengths.set(start, index - start + 1);
    }
  }
  return lengths;
}

/** Words that say nothing, so that lines break as they would. */
function padding(length: number): string {
  const letters = Math.ceil(length * GROWTH);
  const words = 'ẋẋẋẋ '.repeat(Math.ceil(letters / 5)).slice(0, letters);
  return ` ${words.trimEnd()}`;
}
