import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import {
  RiArchiveLine,
  RiBookmarkFill,
  RiBookmarkLine,
  RiCheckLine,
  RiInboxUnarchiveLine,
  RiMailUnreadLine,
} from '@remixicon/react';
import { memo } from 'react';
import { notificationsTranslationRef } from '../translation';
import { CopyLinkButton } from './CopyLinkButton';
import { RowButton } from './RowButton';
import styles from './RowButtons.module.css';
import type { RowHandlers } from './rowHandlers';

type RowButtonsProps = {
  of: Notification;
  describedBy: string;
  on: RowHandlers;
};

/** What may be done with one message. Memoised apart from its row: to select a thousand draws no button anew. */
export const RowButtons = memo((props: RowButtonsProps) => {
  const { of, describedBy, on } = props;
  const { id, readByUser, saved, archived } = of;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.buttons}>
      <RowButton
        action="read"
        label={t(readByUser ? 'mark.unread' : 'mark.read')}
        icon={readByUser ? <RiMailUnreadLine /> : <RiCheckLine />}
        describedBy={describedBy}
        onPress={() => on.setRead([id], !readByUser)}
      />
      <RowButton
        action="save"
        label={t(saved ? 'mark.unsave' : 'mark.save')}
        icon={saved ? <RiBookmarkFill /> : <RiBookmarkLine />}
        describedBy={describedBy}
        onPress={() => on.setSaved([id], !saved)}
      />
      <RowButton
        action="archive"
        label={t(archived ? 'mark.unarchive' : 'mark.archive')}
        icon={archived ? <RiInboxUnarchiveLine /> : <RiArchiveLine />}
        describedBy={describedBy}
        onPress={() => on.setArchived([id], !archived)}
      />
      <CopyLinkButton id={id} describedBy={describedBy} onOpen={on.open} />
    </div>
  );
});
