import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  RiCheckDoubleLine,
  RiFilterOffLine,
  RiInboxLine,
  RiMegaphoneLine,
} from '@remixicon/react';
import { withoutFilters, type InboxView } from '../pages/inboxView';
import { notificationsTranslationRef } from '../translation';
import { Notice } from './Notice';

const ICON = { size: 28 };

/** Why nothing is here: nothing came, all is read, or nothing fits what was asked for. */
export function EmptyNotice(props: {
  view: InboxView;
  onChange: (view: InboxView) => void;
}) {
  const { view, onChange } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const showAll = () => onChange(withoutFilters(view));
  if (view.search !== '' || view.sent !== 'any') {
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
  return view.tab === 'personal' ? (
    <Notice
      icon={<RiInboxLine {...ICON} />}
      title={t('empty.personalTitle')}
      text={t('empty.personalText')}
    />
  ) : (
    <Notice
      icon={<RiMegaphoneLine {...ICON} />}
      title={t('empty.updatesTitle')}
      text={t('empty.updatesText')}
    />
  );
}
