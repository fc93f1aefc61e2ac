import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultHeraldNotificationsService } from './DefaultHeraldNotificationsService';
import { HeraldNotificationsService } from './HeraldNotificationsService';

/**
 * The notifications of the portal, for a plugin to depend on. There is nothing to install: it brings its own factory.
 *
 * @public
 */
export const heraldNotificationsServiceRef =
  createServiceRef<HeraldNotificationsService>({
    id: 'herald.notifications',
    scope: 'plugin',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { auth: coreServices.auth, discovery: coreServices.discovery },
        factory: ({ auth, discovery }) =>
          DefaultHeraldNotificationsService.create({ auth, discovery }),
      }),
  });
