const placeholders = (text: string) =>
  [...text.matchAll(/{{\s*([^}\s]+)\s*}}/g)]
    .map(([, name]) => name)
    .sort()
    .join(', ');

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

/** What is amiss with a translation: it has to have every one of the English messages, and no other, with the same placeholders. */
export function translationProblems(
  ref: object,
  translation: { full: boolean; messages: Record<string, string | null> },
): string[] {
  const english = defaultMessages(ref);
  const { full, messages } = translation;
  const problems = Object.keys(messages)
    .filter(key => !Object.hasOwn(english, key))
    .map(key => `${key}: is no message`);
  if (!full) {
    problems.push('It does not say that it is full');
  }
  for (const [key, text] of Object.entries(english)) {
    const translated = messages[key]?.trim();
    if (!translated) {
      problems.push(`${key}: is missing`);
    } else if (placeholders(translated) !== placeholders(text)) {
      problems.push(`${key}: has the placeholders ${placeholders(translated)}`);
    }
  }
  return problems;
}
