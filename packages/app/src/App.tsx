import { createApp } from '@backstage/frontend-defaults';
import appModuleUserSettings from '@backstage/plugin-app-module-user-settings';
import authPlugin from '@backstage/plugin-auth';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import homePlugin from '@backstage/plugin-home/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import manualPublishPlugin from '@herald/backstage-plugin-manual-publish/alpha';
import notificationsPlugin from '@herald/backstage-plugin-notifications/alpha';
import { home } from './modules/home/home';
import { languages } from './modules/languages';
import { nav } from './modules/nav/nav';
import { signIn } from './modules/signIn/signIn';

export const app = createApp({
  features: [
    homePlugin,
    catalogPlugin,
    orgPlugin,
    userSettingsPlugin,
    // Keeps settings in the backend; it hears of changes through signals.
    appModuleUserSettings,
    signalsPlugin,
    authPlugin,
    manualPublishPlugin,
    notificationsPlugin,
    home,
    languages,
    nav,
    signIn,
  ],
});
