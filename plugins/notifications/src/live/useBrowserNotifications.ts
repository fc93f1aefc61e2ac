import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useNavigate } from 'react-router-dom';
import { notificationsTranslationRef } from '../translation';
import type { Burst, Shown } from './Bursts';
import { beginningOf, linkTo } from './messageWords';
import { useBursts } from './useBursts';
import { useLiveNotifications } from './useLiveEvents';
import { browserNotificationPermission } from './usePersonalSettings';

/**
 * Notifications of the operating system for what comes while nobody sees any tab of the portal: one for all tabs. A click opens the
 * message.
 */
export function useBrowserNotifications(path: string, isWanted: boolean) {
  const live = useLiveNotifications();
  const navigate = useNavigate();
  const { t } = useTranslationRef(notificationsTranslationRef);

  const show = (burst: Burst): Shown | undefined => {
    const { origin, messages } = burst;
    const [first, ...rest] = messages;
    const isOne = rest.length === 0;
    try {
      const shown = new Notification(
        isOne
          ? first.title
          : t('live.burst', { count: messages.length, origin }),
        {
          body: isOne
            ? beginningOf(first.message)
            : messages
                .map(({ title }) => title)
                .reverse()
                .join('\n'),
          // One that is sent again takes the place of the one that is there.
          tag: isOne ? first.id : `${origin} ${first.id}`,
          requireInteraction: messages.some(
            ({ severity }) => severity === 'critical',
          ),
        },
      );
      shown.onclick = () => {
        window.focus();
        navigate(linkTo(burst, path));
        shown.close();
      };
      return shown;
    } catch {
      // On Android only a service worker may.
      return undefined;
    }
  };

  useBursts(
    async () =>
      isWanted &&
      live !== undefined &&
      live.isLeader() &&
      browserNotificationPermission() === 'granted' &&
      !(await live.isAnyTabVisible()),
    show,
  );
}
