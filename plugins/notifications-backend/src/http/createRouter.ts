import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import { StreamRouterOptions, streamRouter } from './streamRouter';
import PromiseRouter from 'express-promise-router';
import { errorHandler } from './errorHandler';
import {
  NotificationsRouterOptions,
  notificationsRouter,
} from './notificationsRouter';

/** All routes of the plugin, and how they answer errors. */
export function createRouter(
  options: NotificationsRouterOptions &
    StreamRouterOptions & {
      logger: LoggerService;
      config: RootConfigService;
    },
): Router {
  const router = PromiseRouter();
  router.use(streamRouter(options));
  router.use(notificationsRouter(options));
  router.use(errorHandler(options));
  return router;
}
