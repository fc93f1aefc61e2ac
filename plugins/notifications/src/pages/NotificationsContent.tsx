import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { QueryRoot } from '@herald/frontend';
import { RiSettings3Line } from '@remixicon/react';
import { FilterBar } from '../components/FilterBar';
import { TabTitle } from '../components/TabTitle';
import { notificationsTranslationRef } from '../translation';
import styles from './NotificationsContent.module.css';
import { Inbox } from './Inbox';
import type { InboxView } from './inboxView';
import { SendPage } from './send/SendPage';
import { SettingsPage } from './settings/SettingsPage';
import { useInboxView } from './useInboxView';
import { usePlace } from './usePlace';
import { useSources } from './useSources';
import { useUnreadByTab } from './useUnreadByTab';

/** The page below its header. */
export function NotificationsContent() {
  return (
    <QueryRoot>
      <Place />
    </QueryRoot>
  );
}

function Place() {
  const [place, go] = usePlace();
  return (
    <Container role="main">
      {place === 'send' ? (
        <SendPage onLeave={() => go('inbox')} />
      ) : (
        <TabbedPage
          isSettings={place === 'settings'}
          onSettings={() => go('settings')}
        />
      )}
    </Container>
  );
}

const TABS = [
  'personal',
  'updates',
  'saved',
] as const satisfies InboxView['tab'][];

function TabbedPage(props: { isSettings: boolean; onSettings: () => void }) {
  const { isSettings, onSettings } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [view, changeView] = useInboxView();
  const unread: Partial<Record<InboxView['tab'], number>> = useUnreadByTab();
  return (
    <Tabs
      selectedKey={isSettings ? 'settings' : view.tab}
      onSelectionChange={key => {
        const tab = TABS.find(one => one === key);
        if (tab) {
          changeView({ tab });
        } else {
          onSettings();
        }
      }}
    >
      <div className={styles.tabs}>
        <TabList aria-label={t('tabs.label')}>
          {[
            ...TABS.map(tab => (
              <Tab key={tab} id={tab}>
                <TabTitle title={t(`tabs.${tab}`)} unread={unread[tab]} />
              </Tab>
            )),
            <Tab key="settings" id="settings">
              <RiSettings3Line className={styles.icon} size={18} aria-hidden />
              <span className={styles.settings}>{t('tabs.settings')}</span>
            </Tab>,
          ]}
        </TabList>
      </div>
      <TabPanel id={isSettings ? 'settings' : view.tab}>
        {isSettings ? (
          <SettingsPage />
        ) : (
          <Messages view={view} onChange={changeView} />
        )}
      </TabPanel>
    </Tabs>
  );
}

function Messages(props: {
  view: InboxView;
  onChange: ReturnType<typeof useInboxView>[1];
}) {
  const { view, onChange } = props;
  const sources = useSources();
  return (
    <>
      <FilterBar view={view} sources={sources} onChange={onChange} />
      <Inbox view={view} onChange={onChange} />
    </>
  );
}
