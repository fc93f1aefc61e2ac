import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  notificationsOperations,
  notificationsPermissions,
} from '@herald/backstage-plugin-notifications-common';
import { CatalogAudience } from './catalog/CatalogAudience';
import { DatabaseMessageStore } from './database/DatabaseMessageStore';
import { DatabaseFeed } from './database/DatabaseFeed';
import { migrationConfig } from './database/migrate';
import { FeedHints } from './feed/FeedHints';
import { FeedTailer } from './feed/FeedTailer';
import { trimFeed } from './feed/trimFeed';
import { createRouter } from './http/createRouter';
import { Gatekeeper } from './http/Gatekeeper';
import { BroadcastRule } from './messages/BroadcastRule';
import { Inbox } from './messages/Inbox';
import { MessageSender } from './messages/MessageSender';
import { readSettings } from './readSettings';
import { StreamHub } from './stream/StreamHub';

/**
 * The Herald notifications backend.
 *
 * @public
 */
export const notificationsPlugin = createBackendPlugin({
  pluginId: 'notifications',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        events: eventsServiceRef,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(host) {
        const { auth, config, logger } = host;
        const settings = readSettings(config);
        if (settings.allowAnonymousSenders) {
          logger.warn(
            'notifications.dangerouslyAllowAnonymousSenders is on: anybody who reaches this backend can send messages',
          );
        }
        host.permissionsRegistry.addPermissions(notificationsPermissions);

        const knex = await host.database.getClient();
        if (!host.database.migrations?.skip) {
          await knex.migrate.latest(migrationConfig);
        }

        const now = () => new Date();
        const feed = new DatabaseFeed(knex);
        const tailer = new FeedTailer({
          feed,
          logger,
          pollMs: settings.feedPollMs,
        });
        const hints = new FeedHints({
          events: host.events,
          logger,
          look: () => tailer.look(),
        });
        await hints.subscribe();
        const store = new DatabaseMessageStore(knex, {
          now,
          unreadHorizonMs: settings.unreadHorizonMs,
          onGrowth: hints.feedHasGrown,
        });
        const audience = new CatalogAudience({
          catalog: host.catalog,
          auth,
          logger,
          maxAgeMs: settings.membershipMaxAgeMs,
        });

        const inbox = new Inbox({ store, audience });
        const streams = new StreamHub({
          feed,
          tailer,
          inbox,
          audience,
          limits: settings.streamLimits,
        });
        const membershipCheck = setInterval(
          () => streams.endWhereMembershipChanged(),
          settings.membershipCheckMs,
        );
        membershipCheck.unref();
        host.lifecycle.addShutdownHook(() => {
          clearInterval(membershipCheck);
          streams.close();
        });

        await host.scheduler.scheduleTask({
          id: 'purge-idempotency-keys',
          frequency: { hours: 1 },
          timeout: { minutes: 5 },
          fn: async () => {
            await store.purgeIdempotencyKeys();
          },
        });

        await host.scheduler.scheduleTask({
          id: 'trim-feed',
          frequency: { hours: 1 },
          timeout: { minutes: 30 },
          fn: () => trimFeed(feed, now()),
        });

        // The secret is no Backstage credential, so the host must let this path through; the router itself lets nobody through
        // unproven, on this path or any other.
        host.httpRouter.addAuthPolicy({
          path: notificationsOperations.send.path,
          allow: 'unauthenticated',
        });
        host.httpRouter.use(
          createRouter({
            auditor: host.auditor,
            logger,
            config,
            gatekeeper: new Gatekeeper({
              auth,
              httpAuth: host.httpAuth,
              userInfo: host.userInfo,
              permissions: host.permissions,
              secret: settings.secret,
              allowAnonymousSenders: settings.allowAnonymousSenders,
            }),
            sender: new MessageSender({ store, audience, now }),
            inbox,
            streams,
            pingMs: settings.pingMs,
            patienceMs: settings.patienceMs,
            broadcastRule: new BroadcastRule({
              permissionsEnabled: settings.permissionsEnabled,
              broadcasters: settings.broadcasters,
              audience,
            }),
          }),
        );
      },
    });
  },
});
