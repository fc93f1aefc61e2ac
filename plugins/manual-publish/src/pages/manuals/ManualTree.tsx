import { useMemo } from 'react';
import {
  Collection,
  ListLayout,
  Tree,
  TreeItem,
  Virtualizer,
} from 'react-aria-components';
import type { ManualNode } from '../../manuals/manualTree';
import { useT } from '../../components/useWords';
import { ManualRow } from './ManualRow';
import styles from './ManualTree.module.css';

const ROW_HEIGHT = 41;

type TreeProps = {
  label: string;
  nodes: readonly ManualNode[];
  expanded: ReadonlySet<string>;
  onExpand: (ids: string[]) => void;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
};

/**
 * The pages as a tree: arrow keys, typing ahead and screen readers work as in any tree grid. Only what is in sight is in the document,
 * so that a thousand pages are as quick as ten.
 */
export function ManualTree(props: TreeProps) {
  const { label, nodes, expanded, onExpand, selected, onSelect } = props;
  const t = useT();
  // The collection looks at objects: one that is new is rendered anew.
  const items = useMemo(() => nodes.map(toItem), [nodes]);
  return (
    <>
      <div className={styles.heads} aria-hidden>
        <span />
        <span>{t('manuals.edited')}</span>
        <span>{t('manuals.published')}</span>
        <span />
      </div>
      <Virtualizer
        layout={ListLayout}
        layoutOptions={{ estimatedRowHeight: ROW_HEIGHT }}
      >
        <Tree
          className={styles.tree}
          aria-label={label}
          items={items}
          selectionMode="single"
          selectedKeys={selected === undefined ? [] : [selected]}
          onSelectionChange={keys => {
            const [key] = keys === 'all' ? [] : keys;
            onSelect(key === undefined ? undefined : String(key));
          }}
          expandedKeys={expanded}
          onExpandedChange={keys => onExpand([...keys].map(String))}
        >
          {renderItem}
        </Tree>
      </Virtualizer>
    </>
  );
}

type Item = { id: string; node: ManualNode; items: Item[] };

function toItem(node: ManualNode): Item {
  return { id: node.manual.id, node, items: node.children.map(toItem) };
}

function renderItem({ node, items }: Item) {
  return (
    <TreeItem className={styles.row} textValue={node.manual.title}>
      <ManualRow node={node} />
      <Collection items={items}>{renderItem}</Collection>
    </TreeItem>
  );
}
