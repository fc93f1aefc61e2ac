import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useEffect, useRef } from 'react';
import { Bursts, type Burst, type Shown } from './Bursts';
import { useLiveEvents } from './useLiveEvents';

/**
 * Shows what comes and is unread; takes away what is read, put away or withdrawn, here or elsewhere.
 *
 * @param accepts - whether a message is to be shown, as things are when it comes
 * @param show - puts a burst on the screen
 */
export function useBursts(
  accepts: (message: Notification) => boolean | Promise<boolean>,
  show: (burst: Burst) => Shown | undefined,
) {
  const latest = useRef(show);
  latest.current = show;
  const bursts = useRef<Bursts>();
  bursts.current ??= new Bursts(burst => latest.current(burst));
  useEffect(() => () => bursts.current?.clear(), []);

  const add = async (message: Notification) => {
    if (!message.readByUser && !message.archived && (await accepts(message))) {
      bursts.current?.add(message);
    }
  };

  useLiveEvents(event => {
    switch (event.type) {
      case 'message':
        void add(event.data);
        break;
      case 'read':
        if (event.data.read) {
          bursts.current?.remove(event.data.messageIds);
        }
        break;
      case 'archived':
      case 'withdrawal':
        bursts.current?.remove(event.data.messageIds);
        break;
      default:
        break;
    }
  });
}
