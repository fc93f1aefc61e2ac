import { LoggerService } from '@backstage/backend-plugin-api';
import { errorHandler } from '@herald/backend-kit';
import { Router } from 'express';
import { Telemetry } from '../Telemetry';
import PromiseRouter from 'express-promise-router';
import {
  AdministrationRouterOptions,
  administrationRouter,
} from './administrationRouter';
import { ImportRouterOptions, importRouter } from './importRouter';
import { MarksRouterOptions, marksRouter } from './marksRouter';
import {
  NotificationsRouterOptions,
  notificationsRouter,
} from './notificationsRouter';
import {
  PreferencesRouterOptions,
  preferencesRouter,
} from './preferencesRouter';
import { SendRouterOptions, sendRouter } from './sendRouter';
import { StreamRouterOptions, streamRouter } from './streamRouter';
import { WorkRouterOptions, workRouter } from './workRouter';
import { upstreamRouter } from './upstreamRouter';

export type RouterOptions = NotificationsRouterOptions &
  SendRouterOptions &
  MarksRouterOptions &
  PreferencesRouterOptions &
  AdministrationRouterOptions &
  ImportRouterOptions &
  StreamRouterOptions &
  WorkRouterOptions & {
    logger: LoggerService;
    telemetry: Pick<Telemetry, 'failed'>;
  };

/** All routes of the plugin, and how they answer errors. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  router.use(streamRouter(options));
  router.use(marksRouter(options));
  router.use(preferencesRouter(options));
  router.use(administrationRouter(options));
  router.use(importRouter(options));
  router.use(workRouter(options));
  router.use(notificationsRouter(options));
  router.use(sendRouter(options));
  router.use(upstreamRouter(options));
  router.use(
    errorHandler({ ...options, onFailure: () => options.telemetry.failed() }),
  );
  return router;
}
