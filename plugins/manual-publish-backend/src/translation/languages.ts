const english = new Intl.DisplayNames('en', { type: 'language' });

/** What a language is called in English: `Korean`, `Simplified Chinese`, `Brazilian Portuguese`. */
export function languageName(code: string): string {
  // Chinese without a script leaves it to the reader which one is meant.
  const { language, script } = new Intl.Locale(code).maximize();
  return english.of(language === 'zh' ? `${language}-${script}` : code) ?? code;
}

/** Scripts by what CLDR calls them where that is not what Unicode calls them. */
const composed: Readonly<Record<string, string>> = {
  Kore: String.raw`\p{Script=Hangul}\p{Script=Han}`,
  Jpan: String.raw`\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}`,
  Hans: String.raw`\p{Script=Han}`,
  Hant: String.raw`\p{Script=Han}`,
};

/** Whether most letters of a text are of the script that a language is written in. */
export function isInScriptOf(language: string, text: string): boolean {
  const { script = 'Latn' } = new Intl.Locale(language).maximize();
  const letters = new RegExp(
    `[${composed[script] ?? String.raw`\p{Script=${script}}`}]`,
    'gu',
  );
  const own = text.match(letters)?.length ?? 0;
  const all = text.match(/\p{L}/gu)?.length ?? 0;
  return own > all / 2;
}
