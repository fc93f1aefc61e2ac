import {
  storageApiRef,
  useApi,
  type StorageApi,
} from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useMemo, useState } from 'react';

/** How a person wants to be told. Kept with the person's other settings, by the host. @public */
export type PersonalSettings = {
  /** Notifications of the operating system while no tab of the portal is seen. */
  browserNotifications: boolean;
  /** The number of unread messages in the title of the tab. */
  titleCounter: boolean;
  /** A snackbar when a message of high severity comes. */
  snackbars: boolean;
};

/** Loud is what was asked for; the rest is there until it is declined. */
const DEFAULTS: PersonalSettings = {
  browserNotifications: false,
  titleCounter: true,
  snackbars: true,
};
const NAMES = ['browserNotifications', 'titleCounter', 'snackbars'] as const;

/**
 * Whether this browser lets the portal notify.
 * - `default`: it has not been asked yet
 * - `unsupported`: it has no such thing, or not on this address
 *
 * @public
 */
export type BrowserNotificationPermission =
  | NotificationPermission
  | 'unsupported';

/** Whether the person lets the browser show notifications of the portal. @public */
export function browserNotificationPermission(): BrowserNotificationPermission {
  return 'Notification' in globalThis
    ? globalThis.Notification.permission
    : 'unsupported';
}

const bucketOf = (storage: StorageApi) =>
  storage.forBucket('herald-notifications');

/** Whatever else somebody has put there counts as nothing. */
function read(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * The settings of the signed-in person, and what changes them.
 *
 * @returns
 * - `settings`: the defaults, as long as `isKnown` is false
 * - `change`: keeps one setting; rejects where the host cannot
 * - `turnOnBrowserNotifications`: for a click, and nothing else: asks the browser where it has not been asked, and keeps the setting
 *   if the answer is yes. Resolves to the browser's answer.
 *
 * @public
 */
export function usePersonalSettings() {
  const storage = useApi(storageApiRef);
  const bucket = useMemo(() => bucketOf(storage), [storage]);
  const [stored, setStored] = useState<
    Partial<Record<keyof PersonalSettings, boolean | 'absent'>>
  >(() =>
    Object.fromEntries(
      NAMES.flatMap(name => {
        const { presence, value } = bucket.snapshot(name);
        return presence === 'unknown' ? [] : [[name, read(value) ?? 'absent']];
      }),
    ),
  );

  useEffect(() => {
    const subscriptions = NAMES.map(name =>
      bucket.observe$(name).subscribe(({ presence, value }) => {
        if (presence !== 'unknown') {
          setStored(current => ({
            ...current,
            [name]: read(value) ?? 'absent',
          }));
        }
      }),
    );
    return () => subscriptions.forEach(each => each.unsubscribe());
  }, [bucket]);

  const settings = useMemo(() => {
    const of = (name: keyof PersonalSettings) => {
      const value = stored[name];
      return typeof value === 'boolean' ? value : DEFAULTS[name];
    };
    return {
      browserNotifications: of('browserNotifications'),
      titleCounter: of('titleCounter'),
      snackbars: of('snackbars'),
    };
  }, [stored]);

  const change = useCallback(
    (name: keyof PersonalSettings, value: boolean): Promise<void> =>
      bucket.set(name, value),
    [bucket],
  );

  const turnOnBrowserNotifications =
    useCallback(async (): Promise<BrowserNotificationPermission> => {
      let permission = browserNotificationPermission();
      if (permission === 'default') {
        permission = await globalThis.Notification.requestPermission();
      }
      if (permission === 'granted') {
        await change('browserNotifications', true);
      }
      return permission;
    }, [change]);

  return {
    settings,
    isKnown: NAMES.every(name => stored[name] !== undefined),
    change,
    turnOnBrowserNotifications,
  };
}
