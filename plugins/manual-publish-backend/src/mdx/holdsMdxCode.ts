import { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { MDX_CODE } from './unwrapMdxCode';

/** Whether there is MDX of a writer's among nodes, or anywhere in them. */
export const holdsMdxCode = (nodes: readonly Nodes[]): boolean => {
  let holds = false;
  nodes.forEach(each =>
    visit(each, 'code', ({ lang }) => {
      if (lang === MDX_CODE) holds = true;
    }),
  );
  return holds;
};
