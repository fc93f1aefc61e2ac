import type { Nodes, Parent, PhrasingContent, Root } from 'mdast';
import './blockIdData';
import { frontMatterPlaces } from './frontMatterPlaces';
import { isJsx, isPhrasing, isUntouchable, isWrapper } from './phrasing';
import { Place, plainPlace } from './Place';
import { isFileName, isReadable } from './readableAttributes';
import { TaggedText } from './TaggedText';
import { hasLetters } from './tags';

/** The places of a tree where text for readers stands, in the order of reading. The same tree has the same places again. */
export function placesOf(root: Root): Place[] {
  return childPlaces(root, undefined);
}

function nodePlaces(node: Nodes, outerBlockId: string | undefined): Place[] {
  if (isUntouchable(node)) return [];
  if (node.type === 'yaml') return frontMatterPlaces(node);
  const blockId = node.data?.blockId ?? outerBlockId;
  return [
    ...attributePlaces(node, blockId),
    ...('children' in node ? childPlaces(node, blockId) : []),
  ];
}

/** A block holds blocks, or text; where both stand side by side, each stretch of text is a segment. */
function childPlaces(parent: Parent, blockId: string | undefined): Place[] {
  const stretches = stretchesOf(parent.children);
  return stretches.flatMap((stretch, index) => {
    if (!stretch.isPhrasing) {
      return stretch.nodes.flatMap(node => nodePlaces(node, blockId));
    }
    const [only, ...others] = stretch.nodes;
    if (others.length === 0 && isWrapper(only)) {
      return nodePlaces(only, blockId);
    }
    return [
      ...stretch.nodes.flatMap(node => innerAttributePlaces(node, blockId)),
      ...textPlace(stretch.nodes, blockId, nodes => {
        stretches[index] = { isPhrasing: true, nodes };
        parent.children = stretches.flatMap(each => [...each.nodes]);
      }),
    ];
  });
}

function textPlace(
  nodes: readonly PhrasingContent[],
  blockId: string | undefined,
  write: (nodes: PhrasingContent[]) => void,
): Place[] {
  const tagged = new TaggedText(nodes);
  if (!hasLetters(tagged.text)) return [];
  return [
    {
      text: tagged.text,
      blockId,
      write: translation => write(tagged.nodesFor(translation)),
    },
  ];
}

type Stretch =
  | { readonly isPhrasing: true; readonly nodes: PhrasingContent[] }
  | { readonly isPhrasing: false; readonly nodes: Parent['children'] };

function stretchesOf(children: Parent['children']): Stretch[] {
  const stretches: Stretch[] = [];
  for (const node of children) {
    const last = stretches.at(-1);
    if (!isPhrasing(node)) {
      stretches.push({ isPhrasing: false, nodes: [node] });
    } else if (last?.isPhrasing) {
      last.nodes.push(node);
    } else {
      stretches.push({ isPhrasing: true, nodes: [node] });
    }
  }
  return stretches;
}

/** Attributes of what stands within a block, behind tags. */
function innerAttributePlaces(
  node: Nodes,
  blockId: string | undefined,
): Place[] {
  if (isUntouchable(node)) return [];
  return [
    ...attributePlaces(node, blockId),
    ...('children' in node
      ? node.children.flatMap(child => innerAttributePlaces(child, blockId))
      : []),
  ];
}

function attributePlaces(node: Nodes, blockId: string | undefined): Place[] {
  const place = (
    value: string | null | undefined,
    write: (translation: string) => void,
  ) => (value && !isFileName(value) ? plainPlace(value, write, blockId) : []);

  if (isJsx(node)) {
    return node.attributes.flatMap(attribute =>
      attribute.type === 'mdxJsxAttribute' &&
      typeof attribute.value === 'string' &&
      isReadable(node.name, attribute.name)
        ? place(attribute.value, translation => {
            attribute.value = translation;
          })
        : [],
    );
  }
  const alt =
    node.type === 'image' || node.type === 'imageReference'
      ? place(node.alt, translation => {
          node.alt = translation;
        })
      : [];
  const title =
    node.type === 'image' || node.type === 'link' || node.type === 'definition'
      ? place(node.title, translation => {
          node.title = translation;
        })
      : [];
  return [...alt, ...title];
}
