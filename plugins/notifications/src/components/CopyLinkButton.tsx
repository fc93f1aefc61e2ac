import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiLinkM } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { notificationsTranslationRef } from '../translation';
import { RowButton } from './RowButton';

const SHOWN_FOR = 3_000;

function addressOf(id: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}?${new URLSearchParams({ id })}`;
}

/**
 * Copies the address of a message.
 *
 * @param onOpen - where the browser does not let a page copy, the address bar shows the address
 */
export function CopyLinkButton(props: {
  id: string;
  describedBy: string;
  onOpen: (id: string) => void;
}) {
  const { id, describedBy, onOpen } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) {
      return undefined;
    }
    const timer = setTimeout(() => setIsCopied(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(addressOf(id));
      setIsCopied(true);
    } catch {
      onOpen(id);
    }
  };
  return (
    <>
      <RowButton
        action="link"
        label={t(isCopied ? 'row.linkCopied' : 'row.copyLink')}
        icon={isCopied ? <RiCheckLine /> : <RiLinkM />}
        describedBy={describedBy}
        onPress={copy}
      />
      {isCopied && (
        <VisuallyHidden role="status">{t('row.linkCopied')}</VisuallyHidden>
      )}
    </>
  );
}
