import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Switch } from '@backstage/ui';
import { useState } from 'react';
import {
  browserNotificationPermission,
  usePersonalSettings,
} from '../../live/usePersonalSettings';
import { notificationsTranslationRef } from '../../translation';
import { SavingNotice } from './SavingNotice';
import styles from './Settings.module.css';
import type { SavingState } from './useSaving';

/** How one is told while the portal is open. */
export function PersonalSettings() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { settings, isKnown, change, turnOnBrowserNotifications } =
    usePersonalSettings();
  const [permission, setPermission] = useState(browserNotificationPermission);
  const [state, setState] = useState<SavingState>({ step: 'idle' });

  const keep = async (saving: Promise<unknown>) => {
    setState({ step: 'saving' });
    try {
      await saving;
      setState({ step: 'saved' });
    } catch (error) {
      setState({ step: 'failed', error });
    }
  };
  const setBrowserNotifications = async (isOn: boolean) => {
    if (isOn) {
      setPermission(await turnOnBrowserNotifications());
    } else {
      await change('browserNotifications', false);
    }
  };
  const canNotify = permission === 'granted' || permission === 'default';
  return (
    <>
      <SavingNotice state={state} />
      <ul className={styles.sources}>
        <Setting
          label={t('settings.titleCounter')}
          hint={t('settings.titleCounterHint')}
          isOn={settings.titleCounter}
          isDisabled={!isKnown}
          onChange={isOn => void keep(change('titleCounter', isOn))}
        />
        <Setting
          label={t('settings.snackbars')}
          hint={t('settings.snackbarsHint')}
          isOn={settings.snackbars}
          isDisabled={!isKnown}
          onChange={isOn => void keep(change('snackbars', isOn))}
        />
        <Setting
          label={t('settings.browser')}
          hint={
            canNotify
              ? t('settings.browserHint')
              : t(`settings.browser_${permission}`)
          }
          isOn={settings.browserNotifications && permission === 'granted'}
          isDisabled={!isKnown || !canNotify}
          onChange={isOn => void keep(setBrowserNotifications(isOn))}
        />
      </ul>
    </>
  );
}

function Setting(props: {
  label: string;
  hint: string;
  isOn: boolean;
  isDisabled: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { label, hint, isOn, isDisabled, onChange } = props;
  return (
    <li className={styles.setting}>
      <Switch
        label={label}
        isSelected={isOn}
        isDisabled={isDisabled}
        onChange={onChange}
      />
      <p className={styles.hint}>{hint}</p>
    </li>
  );
}
