import { createApp } from '@backstage/frontend-defaults';
import appModuleUserSettings from '@backstage/plugin-app-module-user-settings';
import authPlugin from '@backstage/plugin-auth';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { dynamicPlugins } from './dynamicPlugins/dynamicPlugins';
import { signIn } from './signIn';

/** What Backstage itself brings, and whatever the backend serves. */
export const app = createApp({
  features: [
    catalogPlugin,
    orgPlugin,
    userSettingsPlugin,
    // Keeps settings in the backend; it hears of changes through signals.
    appModuleUserSettings,
    signalsPlugin,
    authPlugin,
    signIn,
    dynamicPlugins,
  ],
});
