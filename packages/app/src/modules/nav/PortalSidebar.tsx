import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import {
  NotificationsIcon,
  NotificationsSidebarItem,
  useUnreadCount,
} from '@herald/backstage-plugin-notifications';
import { RiMenuLine, RiSettings3Line } from '@remixicon/react';
import { useMemo } from 'react';
import { PortalLogo } from './PortalLogo';

const SettingsIcon = () => <RiSettings3Line size={20} />;

/** Whatever page is installed has its place here; the four that everybody looks for have a fixed one. */
export function PortalSidebar({ navItems }: NavContentComponentProps) {
  const { count } = useUnreadCount();
  const items = navItems.clone();
  const home = items.take('page:home');
  const catalog = items.take('page:catalog');
  const notifications = items.take('page:notifications');
  const settings = items.take('page:user-settings');
  return (
    <Sidebar>
      <PortalLogo />
      <SidebarGroup label="Menu" icon={<RiMenuLine size={20} />}>
        {home && <PageItem {...home} />}
        {catalog && <PageItem {...catalog} />}
        {items.rest().map(item => (
          <PageItem key={item.node.spec.id} {...item} />
        ))}
      </SidebarGroup>
      {notifications && (
        <SidebarGroup
          label={
            count ? `${notifications.title} (${count})` : notifications.title
          }
          icon={<NotificationsIcon />}
          to={notifications.href}
        >
          <NotificationsSidebarItem to={notifications.href} />
        </SidebarGroup>
      )}
      <SidebarSpace />
      <SidebarDivider />
      {settings && (
        <SidebarGroup
          label={settings.title}
          icon={<SettingsIcon />}
          to={settings.href}
        >
          <SidebarItem
            to={settings.href}
            text={settings.title}
            icon={SettingsIcon}
          />
        </SidebarGroup>
      )}
    </Sidebar>
  );
}

function PageItem({ href, title, icon }: NavContentNavItem) {
  // The sidebar wants a component. A new one at each render would mount the icon anew.
  const Icon = useMemo(() => () => icon, [icon]);
  return <SidebarItem to={href} text={title} icon={Icon} />;
}
