import { z } from 'zod';

// PostgreSQL cannot store NUL, and a lone surrogate has no UTF-8 form: both would come back changed or not at all.
const UNSTORABLE = /\0|\p{Surrogate}/u;

// Spaces, controls, what takes no room, such as a zero-width space, and Braille without a dot are nothing to see.
const VISIBLE =
  /[^\p{White_Space}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether every engine returns the text as it was. @public */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Text that every engine stores and returns unchanged. @public */
export function storableText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine(isStorable, {
      error: 'must not contain NUL or unpaired surrogate characters',
      params: { problem: 'unstorable' },
    });
}

/** Text in which there is something to see. @public */
export function visibleText(maxLength: number) {
  return storableText(maxLength)
    .min(1)
    .refine(text => VISIBLE.test(text), {
      error: 'must not be blank',
      params: { problem: 'blank' },
    });
}
