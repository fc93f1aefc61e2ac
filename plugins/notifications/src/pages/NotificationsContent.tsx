import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { FilterBar } from '../components/FilterBar';
import { NotificationsRoot } from '../components/NotificationsRoot';
import { TabTitle } from '../components/TabTitle';
import { notificationsTranslationRef } from '../translation';
import { Inbox } from './Inbox';
import { useInboxView } from './useInboxView';
import { useUnreadByTab } from './useUnreadByTab';

/** The page below its header. */
export function NotificationsContent() {
  return (
    <NotificationsRoot>
      <TabbedInbox />
    </NotificationsRoot>
  );
}

function TabbedInbox() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const [view, changeView] = useInboxView();
  const unread = useUnreadByTab();
  return (
    <Container role="main">
      <Tabs
        selectedKey={view.tab}
        onSelectionChange={key =>
          changeView({ tab: key === 'updates' ? 'updates' : 'personal' })
        }
      >
        <TabList aria-label={t('tabs.label')}>
          <Tab id="personal">
            <TabTitle title={t('tabs.personal')} unread={unread.personal} />
          </Tab>
          <Tab id="updates">
            <TabTitle title={t('tabs.updates')} unread={unread.updates} />
          </Tab>
        </TabList>
        <TabPanel id={view.tab}>
          <FilterBar view={view} onChange={changeView} />
          <Inbox view={view} onChange={changeView} />
        </TabPanel>
      </Tabs>
    </Container>
  );
}
