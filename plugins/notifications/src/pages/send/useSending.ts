import { useApi } from '@backstage/frontend-plugin-api';
import type { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { useCallback, useRef, useState } from 'react';
import { notificationsApiRef } from '../../api/notificationsApi';
import { newIdempotencyKey } from './newIdempotencyKey';

export type Sent = {
  messageId: string;
  title: string;
  sendAt: Date | undefined;
};

/**
 * Sends one message once: a double click or a second try carry the same key, so the server sends nothing twice.
 *
 * @returns
 * - `send`: rejects with what the server refused
 * - `renew`: the next one is another message
 */
export function useSending() {
  const api = useApi(notificationsApiRef);
  const key = useRef<string>();
  const [sent, setSent] = useState<Sent>();
  const renew = useCallback(() => {
    key.current = undefined;
    setSent(undefined);
  }, []);
  const send = useCallback(
    async (message: SendNotification) => {
      key.current ??= newIdempotencyKey();
      const { messageId } = await api.sendNotification(message, {
        idempotencyKey: key.current,
      });
      setSent({
        messageId,
        title: message.title,
        sendAt:
          message.sendAt === undefined ? undefined : new Date(message.sendAt),
      });
    },
    [api],
  );
  return { send, sent, renew };
}
