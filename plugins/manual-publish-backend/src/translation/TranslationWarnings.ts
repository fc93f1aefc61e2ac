import type { Warning } from '../publishing/Warning';
import type { Origin } from './collectSegments';
import { isSuspiciouslyUnchanged } from './isSuspiciouslyUnchanged';
import { languageName } from './languages';
import { plainText } from './tags';

const LONGEST_EXCERPT = 60;

/** Says of segments of one language what a reader of the source has to know. */
export class TranslationWarnings {
  readonly #segments: ReadonlyMap<string, readonly Origin[]>;
  readonly #language: string;
  readonly #sourceLanguage: string;
  readonly #warn: (warning: Warning) => void;

  constructor(
    segments: ReadonlyMap<string, readonly Origin[]>,
    options: {
      language: string;
      sourceLanguage: string;
      onWarning: (warning: Warning) => void;
    },
  ) {
    this.#segments = segments;
    this.#language = options.language;
    this.#sourceLanguage = options.sourceLanguage;
    this.#warn = options.onWarning;
  }

  left(segment: string, reason: string): void {
    this.#warnAll(
      segment,
      'segment-untranslated',
      `is not translated into ${languageName(this.#language)}: ${reason}`,
    );
  }

  doubtful(segment: string, reason: string): void {
    this.#warnAll(
      segment,
      'segment-doubtful',
      `may be wrong in ${languageName(this.#language)}: ${reason}`,
    );
  }

  /** One warning a page: it is often a page that is in the target language already. */
  unchanged(translations: ReadonlyMap<string, string>): void {
    const pages = new Map<string, { origin: Origin; count: number }>();
    for (const [segment, origins] of this.#segments) {
      const translation = translations.get(segment);
      if (
        translation === undefined ||
        !isSuspiciouslyUnchanged(segment, translation, {
          language: this.#language,
          sourceLanguage: this.#sourceLanguage,
        })
      ) {
        continue;
      }
      for (const origin of origins) {
        const page = pages.get(origin.document?.pageId ?? '');
        if (page) page.count += 1;
        else pages.set(origin.document?.pageId ?? '', { origin, count: 1 });
      }
    }
    for (const { origin, count } of pages.values()) {
      this.#warn({
        code: 'translation-unchanged',
        message: `${whereIs(origin)}: ${
          count === 1 ? 'one text is' : `${count} texts are`
        } the same in ${languageName(this.#language)} as in the source`,
        pageId: origin.document?.pageId,
        language: this.#language,
      });
    }
  }

  #warnAll(segment: string, code: string, what: string): void {
    for (const origin of this.#segments.get(segment) ?? []) {
      this.#warn({
        code,
        message: `${whereIs(origin)}: “${excerpt(segment)}” ${what}`,
        pageId: origin.document?.pageId,
        blockId: origin.blockId,
        language: this.#language,
      });
    }
  }
}

function whereIs({ document, label }: Origin): string {
  return document?.title ?? `Category ${label}`;
}

function excerpt(segment: string): string {
  const letters = [...plainText(segment).replace(/\s+/g, ' ').trim()];
  return letters.length <= LONGEST_EXCERPT
    ? letters.join('')
    : `${letters.slice(0, LONGEST_EXCERPT - 1).join('')}…`;
}
