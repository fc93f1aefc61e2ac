import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { Notice } from '@herald/frontend';
import {
  RiArchiveLine,
  RiBookmarkLine,
  RiCheckDoubleLine,
  RiFilterOffLine,
  RiInboxLine,
  RiMegaphoneLine,
} from '@remixicon/react';
import { isNarrowed, withoutFilters, type InboxView } from '../pages/inboxView';
import { notificationsTranslationRef } from '../translation';

const ICON = { size: 28 };
const ICONS = {
  personal: RiInboxLine,
  updates: RiMegaphoneLine,
  saved: RiBookmarkLine,
};

/** Why nothing is here: nothing came, all is read, or nothing fits what was asked for. */
export function EmptyNotice(props: {
  view: InboxView;
  onChange: (view: InboxView) => void;
}) {
  const { view, onChange } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const showAll = () => onChange(withoutFilters(view));
  if (isNarrowed(view)) {
    return (
      <Notice
        icon={<RiFilterOffLine {...ICON} />}
        title={t('empty.noMatchTitle')}
        text={t('empty.noMatchText')}
      >
        <Button variant="secondary" onPress={showAll}>
          {t('filters.clear')}
        </Button>
      </Notice>
    );
  }
  if (view.read === 'archived') {
    return (
      <Notice
        icon={<RiArchiveLine {...ICON} />}
        title={t('empty.archiveTitle')}
        text={t('empty.archiveText')}
      >
        <Button variant="secondary" onPress={showAll}>
          {t('empty.showAll')}
        </Button>
      </Notice>
    );
  }
  if (view.read !== 'all') {
    const unread = view.read === 'unread';
    return (
      <Notice
        icon={<RiCheckDoubleLine {...ICON} />}
        title={t(unread ? 'empty.allReadTitle' : 'empty.noneReadTitle')}
        text={t(unread ? 'empty.allReadText' : 'empty.noneReadText')}
      >
        <Button variant="secondary" onPress={showAll}>
          {t('empty.showAll')}
        </Button>
      </Notice>
    );
  }
  const NothingIcon = ICONS[view.tab];
  return (
    <Notice
      icon={<NothingIcon {...ICON} />}
      title={t(`empty.${view.tab}Title`)}
      text={t(`empty.${view.tab}Text`)}
    />
  );
}
