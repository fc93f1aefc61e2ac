const accents: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...'AÅBƁCÇDÐEÉFƑGĜHĤIÎJĴKĶLĻNÑOÖPÞRŔSŠTŢUÛWŴYÝZŽaåcçdðeéfƒgĝhĥiîjĵkķlļnñoöpþrŕsštţuûwŵyýzž'.matchAll(
      /(.)(.)/gu,
    ),
  ].map(([, plain, foreign]) => [plain, foreign]),
);

/** Tags such as `<1>`, `</1>`, `<2/>`, `{{3}}` and `⟦4⟧`: a translator has to leave them as they are. */
export const tagPattern = /<\/?[^<>\s][^<>]*>|\{\{?[^{}]+\}\}?|⟦[^⟧]*⟧/gu;

function accented(text: string): string {
  return [...text].map(letter => accents[letter] ?? letter).join('');
}

/** Text that can be told from its source at a glance and is about a third longer, as translations tend to be. */
export function pseudoTranslate(text: string): string {
  if (text.trim() === '') return text;
  let end = 0;
  let translated = '';
  for (const tag of text.matchAll(tagPattern)) {
    translated += accented(text.slice(end, tag.index)) + tag[0];
    end = tag.index + tag[0].length;
  }
  translated += accented(text.slice(end));
  return `[${translated}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}
