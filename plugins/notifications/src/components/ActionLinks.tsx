import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { notificationsTranslationRef } from '../translation';
import styles from './ActionLinks.module.css';
import { SafeLink } from './SafeLink';

/** All links that a message offers. */
export function ActionLinks(props: {
  title: string;
  actions: readonly { id: string; title: string; url: string }[];
}) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (props.actions.length === 0) {
    return null;
  }
  return (
    <ul
      className={styles.actions}
      aria-label={t('row.actions', { title: props.title })}
    >
      {props.actions.map(({ id, title, url }) => (
        <li key={id}>
          <SafeLink url={url} variant="body-small" weight="bold">
            {title}
          </SafeLink>
        </li>
      ))}
    </ul>
  );
}
