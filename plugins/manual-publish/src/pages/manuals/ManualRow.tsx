import { isWebAddress, RelativeTime } from '@herald/frontend';
import { Link } from '@backstage/ui';
import {
  RiArrowRightSLine,
  RiExternalLinkLine,
  RiFileTextLine,
  RiFolder3Line,
} from '@remixicon/react';
import type { CSSProperties } from 'react';
import { Button, TreeItemContent } from 'react-aria-components';
import { ChangesBelowBadge, ManualBadge } from '../../components/StatusBadge';
import { useT } from '../../components/useWords';
import type { ManualNode } from '../../manuals/manualTree';
import styles from './ManualTree.module.css';

/** One page: its title and state, when it was edited and published, and the way to it in Notion. */
export function ManualRow({ node }: { node: ManualNode }) {
  const { manual, state, changesBelow } = node;
  const t = useT();
  const Icon = manual.is_folder ? RiFolder3Line : RiFileTextLine;
  return (
    <TreeItemContent>
      {({ hasChildItems, isExpanded, level }) => (
        <div className={styles.cells} style={levelStyle(level)}>
          <div className={styles.title}>
            {hasChildItems ? (
              <Button
                slot="chevron"
                className={styles.chevron}
                aria-label={t('manuals.expand', { title: manual.title })}
              >
                <RiArrowRightSLine size={18} aria-hidden />
              </Button>
            ) : (
              <span className={styles.leaf} />
            )}
            <Icon size={16} className={styles.icon} aria-hidden />
            <span className={styles.name} title={manual.title}>
              {manual.title}
            </span>
            <span className={styles.badges}>
              <ManualBadge state={state} />
              {!isExpanded && <ChangesBelowBadge count={changesBelow} />}
            </span>
          </div>
          <span className={styles.moment}>
            <span className={styles.label}>{t('manuals.edited')} </span>
            <RelativeTime
              moment={manual.last_edited}
              justNow={t('moment.justNow')}
            />
          </span>
          <span className={styles.moment}>
            {manual.last_published === null ? null : (
              <>
                <span className={styles.label}>{t('manuals.published')} </span>
                <RelativeTime
                  moment={manual.last_published}
                  justNow={t('moment.justNow')}
                />
              </>
            )}
          </span>
          <span className={styles.notion}>
            {isWebAddress(manual.url) && (
              <Link
                href={manual.url}
                target="_blank"
                rel="noopener noreferrer"
                title={t('link.notion')}
                aria-label={t('link.notionOf', { title: manual.title })}
              >
                <RiExternalLinkLine size={16} aria-hidden />
              </Link>
            )}
          </span>
        </div>
      )}
    </TreeItemContent>
  );
}

function levelStyle(level: number): CSSProperties {
  const custom: Record<`--${string}`, number> = { '--level': level };
  return custom;
}
