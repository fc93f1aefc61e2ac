import { AuditorService } from '@backstage/backend-plugin-api';
import { StandInRule, audited, parse, parseQuery } from '@herald/backend-kit';
import { notificationsOperations } from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { Importer } from '../import/Importer';
import { administrator, auditedAdministrator } from './administrationRouter';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';

const { listImports, startImport } = notificationsOperations;

export type ImportRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  administrationRule: StandInRule<SignedInUser>;
  importer: Importer;
};

/** `/imports`: takes over the messages of other notifications plugins; for administrators. */
export function importRouter(options: ImportRouterOptions): Router {
  const { auditor, importer } = options;
  const router = PromiseRouter();

  router.get(listImports.path, async (req, res) => {
    await administrator(options, req);
    parseQuery(listImports.query, req.originalUrl);
    res.json(await importer.reports());
  });

  router.post(startImport.path, async (req, res) => {
    const caller = await auditedAdministrator(options, {
      eventId: 'import',
      severityLevel: 'high',
      request: req,
    });
    parseQuery(startImport.query, req.originalUrl);
    const { source, dryRun } = parse(
      startImport.body,
      await readJsonBody(req, res),
      'body',
    );
    if (dryRun) {
      res.json(await importer.dryRun(source));
      return;
    }
    const report = await audited(
      auditor,
      {
        eventId: 'import',
        severityLevel: 'high',
        request: req,
        meta: { caller, source },
      },
      () => importer.start(source),
    );
    res.json(report);
  });

  return router;
}
