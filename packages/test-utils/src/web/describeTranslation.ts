const placeholders = (text: string | null | undefined) =>
  [...(text ?? '').matchAll(/{{\s*([^}\s]+)\s*}}/g)]
    .map(([, name]) => name)
    .sort();

/** What a reference to translations holds, beyond what its type tells. */
function defaultMessages(ref: object): Record<string, string> {
  if (
    'getDefaultMessages' in ref &&
    typeof ref.getDefaultMessages === 'function'
  ) {
    return ref.getDefaultMessages();
  }
  throw new Error('This is no reference to translations');
}

/** Holds a translation against the English messages, of which it has to have every one. */
export function describeTranslation(
  language: string,
  ref: object,
  translation: {
    full: boolean;
    messages: Record<string, string | null>;
  },
): void {
  const english = defaultMessages(ref);
  const { full, messages } = translation;

  describe(`the ${language} translation`, () => {
    it('has every message, and no other', () => {
      expect(full).toBe(true);
      expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    });

    it.each(Object.keys(english))('has the placeholders of "%s"', key => {
      expect(placeholders(messages[key])).toEqual(placeholders(english[key]));
    });

    it('leaves nothing empty', () => {
      const empty = Object.entries(messages).filter(
        ([, text]) => !text?.trim(),
      );
      expect(empty).toEqual([]);
    });
  });
}
