import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { Hints } from '@herald/backend-kit';
import {
  RESOURCE_TYPE_SOLUTION,
  manualPublishOperations,
  manualPublishPermissions,
} from '@herald/backstage-plugin-manual-publish-common';
import { heraldNotificationsServiceRef } from '@herald/backstage-plugin-notifications-node';
import { WorkQueue } from '@herald/work-queue';
import pLimit from 'p-limit';
import { connect } from './connect';
import { DatabaseJobs } from './database/DatabaseJobs';
import { DatabaseManuals } from './database/DatabaseManuals';
import { DatabaseTranslationMemory } from './database/DatabaseTranslationMemory';
import { DatabaseWebhookEvents } from './database/DatabaseWebhookEvents';
import { WORK_PREFIX, migrationConfig } from './database/migrate';
import { commitUrls } from './http/commitUrl';
import { createRouter } from './http/createRouter';
import { Gatekeeper } from './http/Gatekeeper';
import { JobPresenter } from './http/JobPresenter';
import { isSolution, solutionResourceRef } from './http/permissionRules';
import { isDemo } from './isDemo';
import { forgetFormerSolutions } from './manuals/forgetFormerSolutions';
import { Manuals } from './manuals/Manuals';
import { JobDesk } from './publishing/JobDesk';
import { JobWatcher } from './publishing/JobWatcher';
import { JobWork } from './publishing/JobWork';
import { openPublishing } from './publishing/openPublishing';
import { Republisher } from './publishing/Republisher';
import { findSolution } from './publishing/Solution';
import { startWork } from './publishing/startWork';
import { readSettings } from './settings/readSettings';
import { scheduleChores } from './scheduleChores';
import { NotionWebhook } from './webhook/NotionWebhook';
import { claimWorkDir } from './workDir/claimWorkDir';

const JOBS_AT_A_TIME = 4;
const WATCH_POLL_MS = 2_000;
const PING_MS = 25_000;
const PATIENCE_MS = 30_000;
/** Who looks at manuals waits this long for Notion. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * The Herald manual publishing backend.
 *
 * @public
 */
export const manualPublishPlugin = createBackendPlugin({
  pluginId: 'manual-publish',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: heraldNotificationsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
      },
      async init(host) {
        const { config, logger } = host;
        const settings = readSettings(config);
        const { solutions } = settings;
        host.permissionsRegistry.addResourceType({
          resourceRef: solutionResourceRef,
          permissions: manualPublishPermissions.filter(
            permission =>
              'resourceType' in permission &&
              permission.resourceType === RESOURCE_TYPE_SOLUTION,
          ),
          rules: [isSolution],
          getResources: async refs =>
            refs.map(ref => findSolution(solutions, ref)),
        });
        host.permissionsRegistry.addPermissions(
          manualPublishPermissions.filter(
            permission => !('resourceType' in permission),
          ),
        );

        const knex = await host.database.getClient();
        if (!host.database.migrations?.skip) {
          await knex.migrate.latest(migrationConfig);
        }

        const now = () => new Date();
        const work = new WorkQueue<JobWork>({
          knex,
          prefix: WORK_PREFIX,
          logger,
        });
        const hints = new Hints({
          events: host.events,
          logger,
          topic: 'herald.manual-publish.jobs',
        });
        const jobs = new DatabaseJobs(knex, {
          work,
          now,
          onChange: hints.give,
        });
        const watcher = new JobWatcher({ jobs, logger, pollMs: WATCH_POLL_MS });
        await hints.subscribe(watcher.look);
        const manualsStore = new DatabaseManuals(knex);
        const memory = new DatabaseTranslationMemory(knex, { now });
        const webhookEvents = new DatabaseWebhookEvents(knex, {
          work,
          publishAfterMs: settings.publishOnChangeDelayMs,
        });

        const { source, translator, media, snapshots, furnish, missing } =
          connect({ settings, knex, logger, now });
        const desk = new JobDesk({
          jobs,
          source,
          manuals: manualsStore,
          solutions,
          sourceLanguage: settings.sourceLanguage,
          languages: settings.languages,
          defaultLanguages: settings.targetLanguages,
          missing,
        });
        const republisher = new Republisher({
          desk,
          source,
          manuals: manualsStore,
          solutions,
          logger,
        });
        const publishing =
          source &&
          translator &&
          furnish &&
          (await openPublishing({
            claim: () => claimWorkDir(settings.workDir, { logger }),
            furnish,
            jobs,
            publisher: {
              jobs,
              source,
              translator,
              memory,
              solutions,
              sourceLanguage: settings.sourceLanguage,
              translationLimits: {
                concurrency: settings.translation.concurrency,
                untranslatedShare: settings.translation.maxUntranslated,
              },
              translatorCalls: pLimit(settings.translation.concurrency),
              prices: settings.openai?.prices,
              commitMessages: settings.commitMessages,
              logger,
            },
            logger,
          }));
        if (publishing) {
          startWork({
            work,
            jobs,
            publish: publishing.publish,
            republisher,
            notifications: host.notifications,
            events: host.events,
            logger,
            concurrency: JOBS_AT_A_TIME,
            leaseMs: settings.jobLeaseMs,
          });
          host.lifecycle.addStartupHook(async () => {
            await publishing.sweepWorktrees();
            work.start();
          });
        } else {
          logger.warn(
            `Manuals cannot be published: ${missing.join(', ')} missing`,
          );
        }
        host.lifecycle.addShutdownHook(async () => {
          watcher.close();
          await work.stop();
          await publishing?.close();
        });
        await scheduleChores({
          scheduler: host.scheduler,
          logger,
          jobs,
          work,
          webhookEvents,
          memory,
          media,
          publishing,
          forgetFormerSolutions: before =>
            forgetFormerSolutions({
              manuals: manualsStore,
              snapshots,
              solutions,
              before,
            }),
          jobRetentionMs: settings.jobRetentionMs,
          memoryRetentionMs: settings.translation.memoryRetentionMs,
          now,
        });

        const gatekeeper = new Gatekeeper({
          auth: host.auth,
          httpAuth: host.httpAuth,
          userInfo: host.userInfo,
          permissions: host.permissions,
          permissionsEnabled: settings.permissionsEnabled,
          publishers: settings.publishers,
          administrators: settings.administrators,
        });
        // Notion has no Backstage credential; the router itself checks its signature.
        host.httpRouter.addAuthPolicy({
          path: manualPublishOperations.notionWebhook.path,
          allow: 'unauthenticated',
        });
        host.httpRouter.use(
          createRouter({
            auditor: host.auditor,
            logger,
            gatekeeper,
            desk,
            jobs,
            watcher,
            presenter: new JobPresenter({
              jobs,
              gatekeeper,
              commitUrl: commitUrls(
                settings.repository?.url,
                settings.repository?.commitUrl,
              ),
            }),
            manuals:
              source &&
              new Manuals({
                source,
                store: manualsStore,
                logger,
                maxAgeMs: settings.treeMaxAgeMs,
                answerWithinMs: ANSWER_WITHIN_MS,
                now,
              }),
            solutions,
            sidebar: {
              source_language: settings.sourceLanguage,
              target_languages: [...settings.targetLanguages],
              available_languages: [...settings.languages],
              demo: isDemo(settings),
            },
            webhook: new NotionWebhook({
              verificationToken: settings.webhookVerificationToken,
              events: webhookEvents,
              onChange: change => republisher.pageChanged(change),
              now,
            }),
            deadWork: {
              list: page => work.deadItems(page),
              redrive: selection => work.redrive(selection),
              discard: selection => work.discard(selection),
            },
            pingMs: PING_MS,
            patienceMs: PATIENCE_MS,
          }),
        );
      },
    });
  },
});
