import type { Root } from 'mdast';
import { Label, SourceDocument, translateLabel } from './collectSegments';
import { rebuild } from './rebuild';

/** Documents and labels in another language. */
export type TranslatedTexts = {
  readonly documents: readonly {
    readonly pageId: string;
    readonly root: Root;
  }[];
  readonly labels: readonly Label[];
};

/** @param translations - by segment; those that are missing stay in the source language */
export function translatedWith(
  translations: ReadonlyMap<string, string>,
  source: {
    readonly documents: readonly SourceDocument[];
    readonly labels: readonly Label[];
  },
): TranslatedTexts {
  return {
    documents: source.documents.map(({ pageId, root }) => ({
      pageId,
      root: rebuild(root, translations),
    })),
    labels: source.labels.map(label => translateLabel(label, translations)),
  };
}
