import { Button } from '@backstage/ui';
import { Notice } from '@herald/frontend';
import {
  RiCloudOffLine,
  RiFileList2Line,
  RiFilterOffLine,
} from '@remixicon/react';
import { useT } from '../../components/useWords';

/** Why no page is here: there are none, none fits, or they could not be read. */
export function NoManuals(props: {
  isFiltered: boolean;
  /** Why the pages could not be read, in the words of the server. */
  problem: string | undefined;
  onClear: () => void;
}) {
  const { isFiltered, problem, onClear } = props;
  const t = useT();
  if (problem !== undefined) {
    return (
      <Notice
        role="alert"
        icon={<RiCloudOffLine size={28} />}
        title={t('manuals.nothingTitle')}
        text={t('manuals.nothingText')}
        detail={problem}
      />
    );
  }
  return isFiltered ? (
    <Notice
      icon={<RiFilterOffLine size={28} />}
      title={t('manuals.noMatchTitle')}
      text={t('manuals.noMatchText')}
    >
      <Button variant="secondary" onPress={onClear}>
        {t('manuals.clearFilters')}
      </Button>
    </Notice>
  ) : (
    <Notice
      icon={<RiFileList2Line size={28} />}
      title={t('manuals.emptyTitle')}
      text={t('manuals.emptyText')}
    />
  );
}
