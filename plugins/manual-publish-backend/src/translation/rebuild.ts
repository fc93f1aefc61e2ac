import type { Root } from 'mdast';
import cloner from 'rfdc';
import { placesOf } from './placesOf';

const copyOf = cloner();

/**
 * The tree with its texts in another language: a copy of the source tree in which nothing but text is exchanged, so that code,
 * addresses, ids and the shape of tables cannot change.
 *
 * @param translations - by segment; what is not among them stays in the source language
 */
export function rebuild(
  source: Root,
  translations: ReadonlyMap<string, string>,
): Root {
  const root = copyOf(source);
  for (const place of placesOf(root)) {
    const translation = translations.get(place.text);
    if (translation !== undefined) place.write(translation);
  }
  return root;
}
