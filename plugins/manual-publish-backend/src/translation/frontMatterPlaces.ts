import type { Yaml } from 'mdast';
import { isMap, isScalar, isSeq, parseDocument, Scalar } from 'yaml';
import { Place, plainPlace } from './Place';

const readableKeys = ['title', 'sidebar_label', 'description', 'keywords'];

/** The texts of a page's front matter. Everything else in it, comments too, stays as it is. */
export function frontMatterPlaces(node: Yaml): Place[] {
  const document = parseDocument(node.value);
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents)) return [];
  return readableKeys
    .flatMap(key => textsIn(contents.get(key, true)))
    .flatMap(scalar =>
      plainPlace(scalar.value, translation => {
        if (translation === scalar.value) return;
        scalar.value = translation;
        node.value = document.toString({ lineWidth: 0 }).trimEnd();
      }),
    );
}

function textsIn(value: unknown): Scalar<string>[] {
  if (isSeq(value)) return value.items.flatMap(textsIn);
  return isTextScalar(value) ? [value] : [];
}

function isTextScalar(value: unknown): value is Scalar<string> {
  return isScalar(value) && typeof value.value === 'string';
}
