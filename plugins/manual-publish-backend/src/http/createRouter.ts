import { LoggerService } from '@backstage/backend-plugin-api';
import { errorHandler } from '@herald/backend-kit';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { JobsRouterOptions, jobsRouter } from './jobsRouter';
import { ManualsRouterOptions, manualsRouter } from './manualsRouter';
import { WatchRouterOptions, watchRouter } from './watchRouter';
import { WebhookRouterOptions, webhookRouter } from './webhookRouter';
import { WorkRouterOptions, workRouter } from './workRouter';

export type RouterOptions = ManualsRouterOptions &
  JobsRouterOptions &
  WatchRouterOptions &
  WebhookRouterOptions &
  WorkRouterOptions & {
    logger: LoggerService;
  };

/** All routes of the plugin, and how they answer errors. */
export function createRouter(options: RouterOptions): Router {
  const router = PromiseRouter();
  router.use(manualsRouter(options));
  router.use(watchRouter(options));
  router.use(jobsRouter(options));
  router.use(webhookRouter(options));
  router.use(workRouter(options));
  router.use(errorHandler(options));
  return router;
}
