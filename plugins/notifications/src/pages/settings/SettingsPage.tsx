import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { BgProvider } from '@backstage/ui';
import { notificationsAdministerPermission } from '@herald/backstage-plugin-notifications-common';
import { useId, type ReactNode } from 'react';
import { IfAllowed } from '../../components/IfAllowed';
import { notificationsTranslationRef } from '../../translation';
import { Defaults } from './Defaults';
import { OwnPreferences } from './OwnPreferences';
import { PersonalSettings } from './PersonalSettings';
import styles from './Settings.module.css';

/** What one wants to be told of, and how; for administrators also what holds for everybody. */
export function SettingsPage() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <BgProvider bg="neutral-1">
      <div className={styles.settings}>
        <Section title={t('settings.howTitle')} text={t('settings.howText')}>
          <PersonalSettings />
        </Section>
        <Section title={t('settings.whatTitle')} text={t('settings.whatText')}>
          <OwnPreferences />
        </Section>
        <IfAllowed permission={notificationsAdministerPermission}>
          <Section
            title={t('settings.defaultsTitle')}
            text={t('settings.defaultsText')}
          >
            <Defaults />
          </Section>
        </IfAllowed>
      </div>
    </BgProvider>
  );
}

function Section(props: { title: string; text: string; children: ReactNode }) {
  const { title, text, children } = props;
  const titleId = useId();
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.heading}>
        {title}
      </h2>
      <p className={styles.hint}>{text}</p>
      {children}
    </section>
  );
}
