import type { Root } from 'mdast';
import { Place, plainPlace } from './Place';
import { placesOf } from './placesOf';

export type SourceDocument = {
  readonly pageId: string;
  readonly title: string;
  readonly root: Root;
};

/** A text outside of documents, such as the label of a category. */
export type Label = { readonly key: string; readonly text: string };

/** Where a segment was found, for those who have to look after it. */
export type Origin = {
  readonly document?: Pick<SourceDocument, 'pageId' | 'title'>;
  readonly label?: string;
  readonly blockId?: string;
};

/** Every segment of a run once, in the order of reading, with all its origins. */
export function collectSegments(
  documents: readonly SourceDocument[],
  labels: readonly Label[],
): ReadonlyMap<string, readonly Origin[]> {
  const segments = new Map<string, Origin[]>();
  const add = (place: Place, origin: Origin) => {
    const origins = segments.get(place.text);
    if (origins) origins.push(origin);
    else segments.set(place.text, [origin]);
  };
  for (const { root, pageId, title } of documents) {
    for (const place of placesOf(root)) {
      add(place, { document: { pageId, title }, blockId: place.blockId });
    }
  }
  for (const { key, text } of labels) {
    for (const place of plainPlace(text, () => {})) {
      add(place, { label: key });
    }
  }
  return segments;
}

/** A label in another language, or as it was where there is no translation. */
export function translateLabel(
  { key, text }: Label,
  translations: ReadonlyMap<string, string>,
): Label {
  let translated = text;
  const places = plainPlace(text, translation => {
    translated = translation;
  });
  for (const place of places) {
    const translation = translations.get(place.text);
    if (translation !== undefined) place.write(translation);
  }
  return { key, text: translated };
}
