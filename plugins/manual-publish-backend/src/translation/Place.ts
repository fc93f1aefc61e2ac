import { toString } from 'mdast-util-to-string';
import { TaggedText } from './TaggedText';
import { hasLetters } from './tags';

/** Where a segment stands in a tree. */
export type Place = {
  /** What is to be translated. */
  readonly text: string;
  /** The block in Notion, where the exporter has noted it in `data.blockId`. */
  readonly blockId?: string;
  /**
   * Puts a translation there: changes the tree.
   *
   * @param translation - has passed `faultOf`
   */
  write(translation: string): void;
};

/** A place that holds text and nothing else; none where there is nothing to translate. */
export function plainPlace(
  value: string,
  write: (translation: string) => void,
  blockId?: string,
): Place[] {
  const tagged = new TaggedText([{ type: 'text', value }]);
  if (!hasLetters(tagged.text)) return [];
  return [
    {
      text: tagged.text,
      blockId,
      write: translation => write(toString(tagged.nodesFor(translation))),
    },
  ];
}
