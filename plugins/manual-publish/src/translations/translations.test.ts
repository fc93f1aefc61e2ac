import { manualPublishTranslationRef } from '../translation';
import german from './de';

// The English messages, as the ref holds them.
const english = (
  manualPublishTranslationRef as unknown as {
    getDefaultMessages(): Record<string, string>;
  }
).getDefaultMessages();

const placeholders = (text: string | null) =>
  [...(text ?? '').matchAll(/{{\s*([^}\s]+)\s*}}/g)]
    .map(([, name]) => name)
    .sort();

describe('the German translation', () => {
  const messages: Record<string, string | null> = german.messages;

  it('has every message, and no other', () => {
    expect(german.full).toBe(true);
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('has the placeholders of "%s"', key => {
    expect(placeholders(messages[key])).toEqual(placeholders(english[key]));
  });

  it('leaves nothing empty', () => {
    const empty = Object.entries(messages).filter(([, text]) => !text?.trim());
    expect(empty).toEqual([]);
  });
});
