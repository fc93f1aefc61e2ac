import {
  alertApiRef,
  toastApiRef,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Link } from 'react-router-dom';
import { notificationsTranslationRef } from '../translation';
import type { Burst, Shown } from './Bursts';
import { beginningOf, linkTo } from './messageWords';
import styles from './Snackbar.module.css';
import { useBursts } from './useBursts';

/** What is critical stays until somebody has seen it. */
const HIGH_TIMEOUT = 15_000;

const isCritical = ({ messages }: Burst) =>
  messages.some(({ severity }) => severity === 'critical');

/** A snackbar of the host for each message of high severity that comes while the tab is seen. */
export function useSnackbars(path: string, isWanted: boolean) {
  const apis = useApiHolder();
  const { t } = useTranslationRef(notificationsTranslationRef);

  const show = (burst: Burst): Shown | undefined => {
    const { origin, messages } = burst;
    const [first, ...rest] = messages;
    const isOne = rest.length === 0;
    const title = isOne
      ? first.title
      : t('live.burst', { count: messages.length, origin });

    const toastApi = apis.get(toastApiRef);
    if (!toastApi) {
      apis.get(alertApiRef)?.post({
        message: isOne ? `${origin}: ${title}` : title,
        severity: isCritical(burst) ? 'error' : 'warning',
        display: isCritical(burst) ? 'permanent' : 'transient',
      });
      return undefined;
    }
    const text = isOne
      ? beginningOf(first.message)
      : beginningOf(
          messages
            .map(message => message.title)
            .reverse()
            .join(' · '),
        );
    let close = () => {};
    const shown = toastApi.post({
      title,
      description: (
        <>
          {text && <div>{text}</div>}
          {/* The host's own links would load the portal anew. */}
          <Link
            to={linkTo(burst, path)}
            className={styles.link}
            onClick={() => close()}
          >
            {t(isOne ? 'live.open' : 'live.openBurst')}
          </Link>
        </>
      ),
      status: isCritical(burst) ? 'danger' : 'warning',
      timeout: isCritical(burst) ? undefined : HIGH_TIMEOUT,
    });
    close = shown.close;
    return shown;
  };

  useBursts(
    ({ severity }) =>
      isWanted &&
      (severity === 'critical' || severity === 'high') &&
      document.visibilityState !== 'hidden',
    show,
  );
}
