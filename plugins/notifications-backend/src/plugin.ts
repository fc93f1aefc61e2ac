import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationsProcessingExtensionPoint } from '@backstage/plugin-notifications-node';
import { Hints, StandInRule } from '@herald/backend-kit';
import {
  notificationsOperations,
  notificationsPermissions,
} from '@herald/backstage-plugin-notifications-common';
import { WorkQueue } from '@herald/work-queue';
import { registerActions } from './actions/registerActions';
import { SignedInUser } from './audience/Audience';
import { CatalogAudience } from './catalog/CatalogAudience';
import { CatalogMembers } from './catalog/CatalogMembers';
import { DatabaseDeadWork } from './database/DatabaseDeadWork';
import { DatabaseDispatches } from './database/DatabaseDispatches';
import { DatabaseImports } from './database/DatabaseImports';
import { JanusTables } from './database/JanusTables';
import { UpstreamTables } from './database/UpstreamTables';
import { DatabaseMessageStore } from './database/DatabaseMessageStore';
import { DatabaseFeed } from './database/DatabaseFeed';
import { DatabaseOutbox, OutboxWork } from './database/DatabaseOutbox';
import { DatabaseRetention } from './database/DatabaseRetention';
import { migrationConfig } from './database/migrate';
import { WORK_PREFIX } from './database/workTable';
import { FeedTailer } from './feed/FeedTailer';
import { createRouter } from './http/createRouter';
import { Gatekeeper } from './http/Gatekeeper';
import { ImportWork, Importer } from './import/Importer';
import { Administration } from './messages/Administration';
import { Inbox } from './messages/Inbox';
import { MessageSender } from './messages/MessageSender';
import { SenderQuota } from './messages/SenderQuota';
import { ProcessingWork } from './processing/Dispatch';
import { ProcessorModules } from './processing/ProcessorModules';
import { ProcessorRegistry } from './processing/ProcessorRegistry';
import { tendMissing } from './processing/passOver';
import { startProcessing } from './processing/startProcessing';
import { readSettings } from './readSettings';
import { scheduleChores } from './scheduleChores';
import { StreamHub } from './stream/StreamHub';
import { Telemetry } from './Telemetry';
import { UpstreamSender } from './upstream/UpstreamSender';

/**
 * The Herald notifications backend.
 *
 * @public
 */
export const notificationsPlugin = createBackendPlugin({
  pluginId: 'notifications',
  register(env) {
    const registry = new ProcessorRegistry();
    env.registerExtensionPoint(notificationsProcessingExtensionPoint, registry);
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
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
        const telemetry = new Telemetry();
        const feed = new DatabaseFeed(knex);
        const tailer = new FeedTailer({
          feed,
          logger,
          pollMs: settings.feedPollMs,
          telemetry,
        });
        const hints = new Hints({
          events: host.events,
          logger,
          topic: 'herald.notifications.feed',
        });
        await hints.subscribe(() => tailer.look());
        const work = new WorkQueue<OutboxWork & ProcessingWork & ImportWork>({
          knex,
          prefix: WORK_PREFIX,
          logger,
        });
        const dispatches = new DatabaseDispatches(knex, { work, now });
        // Without processors a send is one statement.
        const companion =
          registry.processors.length > 0 ? dispatches : undefined;
        const store = new DatabaseMessageStore(knex, {
          now,
          unreadHorizonMs: settings.unreadHorizonMs,
          onGrowth: hints.give,
          companion,
        });
        const audience = new CatalogAudience({
          catalog: host.catalog,
          auth,
          logger,
          maxAgeMs: settings.membershipMaxAgeMs,
        });

        const modules = new ProcessorModules({ registry, audience, logger });
        startProcessing({
          work,
          registry,
          store: dispatches,
          members: new CatalogMembers({ catalog: host.catalog, auth }),
          logger,
          settings: settings.processing,
        });
        const outbox = new DatabaseOutbox(knex, {
          work,
          now,
          onGrowth: hints.give,
          modules,
          companion,
        });
        const importer = new Importer({
          predecessors: [new JanusTables(knex), new UpstreamTables(knex)],
          store: new DatabaseImports(knex, {
            work,
            now,
            onGrowth: hints.give,
          }),
          work,
        });
        host.lifecycle.addStartupHook(async () => {
          work.start();
          await tendMissing({ work, store: dispatches, registry, logger });
        });

        const inbox = new Inbox({ store, audience });
        const streams = new StreamHub({
          feed,
          tailer,
          inbox,
          audience,
          limits: settings.streamLimits,
          telemetry,
        });
        telemetry.observeStreams(() => streams.size);
        const membershipCheck = setInterval(
          () => streams.endWhereMembershipChanged(),
          settings.membershipCheckMs,
        );
        membershipCheck.unref();
        host.lifecycle.addShutdownHook(async () => {
          clearInterval(membershipCheck);
          streams.close();
          await work.stop();
        });

        const deadWork = new DatabaseDeadWork(knex, work);
        await scheduleChores({
          scheduler: host.scheduler,
          logger,
          store,
          retention: new DatabaseRetention(knex, {
            now,
            onGrowth: hints.give,
          }),
          feed,
          dispatches,
          deadWork,
          work,
          registry,
          retentionMs: settings.retentionMs,
          now,
        });

        const sender = new MessageSender({
          store,
          outbox,
          audience,
          quota: new SenderQuota({
            rules: settings.quotas,
            now,
          }),
          modules,
          telemetry,
          now,
        });
        const standInFor = (
          named: readonly string[],
          trust: { trustsPrograms: boolean; namesOutsiders: boolean },
        ) =>
          new StandInRule<SignedInUser>({
            permissionsEnabled: settings.permissionsEnabled,
            named,
            ...trust,
            refsOf: user => audience.refsOf(user),
          });
        const broadcastRule = standInFor(settings.broadcasters, {
          trustsPrograms: true,
          namesOutsiders: false,
        });
        const gatekeeper = new Gatekeeper({
          auth,
          httpAuth: host.httpAuth,
          userInfo: host.userInfo,
          permissions: host.permissions,
          secret: settings.secret,
          allowAnonymousSenders: settings.allowAnonymousSenders,
        });
        registerActions({
          actionsRegistry: host.actionsRegistry,
          auditor: host.auditor,
          gatekeeper,
          sender,
          inbox,
          broadcastRule,
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
            telemetry,
            gatekeeper,
            sender,
            upstreamSender: new UpstreamSender({ sender, store, logger }),
            inbox,
            administration: new Administration({ store }),
            importer,
            deadWork,
            otherChannels: () => registry.channels,
            streams,
            pingMs: settings.pingMs,
            patienceMs: settings.patienceMs,
            broadcastRule,
            administrationRule: standInFor(settings.administrators, {
              trustsPrograms: false,
              namesOutsiders: true,
            }),
          }),
        );
      },
    });
  },
});
