import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  StandInRule,
  auditRefusal,
  audited,
  parse,
  parseQuery,
} from '@herald/backend-kit';
import {
  notificationsAdministerPermission,
  notificationsOperations,
  parseFullEntityRef,
} from '@herald/backstage-plugin-notifications-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { Administration } from '../messages/Administration';
import { Gatekeeper } from './Gatekeeper';
import { requireChannels } from './preferencesRouter';
import { readJsonBody } from './readJsonBody';

const { getPreferenceDefaults, updatePreferenceDefaults, erase } =
  notificationsOperations;

export type AdministrationRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  administration: Administration;
  administrationRule: StandInRule<SignedInUser>;
  otherChannels: () => readonly string[];
};

/** What only administrators may do; the host's audit log hears of every change. */
export function administrationRouter(
  options: AdministrationRouterOptions,
): Router {
  const { auditor, administration, otherChannels } = options;
  const router = PromiseRouter();

  router.get(getPreferenceDefaults.path, async (req, res) => {
    await administrator(options, req);
    parseQuery(getPreferenceDefaults.query, req.originalUrl);
    res.json(await administration.defaults());
  });

  router.put(updatePreferenceDefaults.path, async (req, res) => {
    const caller = await auditedAdministrator(options, {
      eventId: 'preference-defaults',
      severityLevel: 'medium',
      request: req,
    });
    parseQuery(updatePreferenceDefaults.query, req.originalUrl);
    const defaults = parse(
      updatePreferenceDefaults.body,
      await readJsonBody(req, res),
      'body',
    );
    const before = await administration.defaults();
    requireChannels(defaults.rules, [
      ...otherChannels(),
      ...before.rules.map(({ channel }) => channel),
    ]);
    await audited(
      auditor,
      {
        eventId: 'preference-defaults',
        severityLevel: 'medium',
        request: req,
        meta: { caller },
      },
      () => administration.setDefaults(defaults),
    );
    res.json(await administration.defaults());
  });

  router.delete(erase.path, async (req, res) => {
    const caller = await auditedAdministrator(options, {
      eventId: 'erase',
      severityLevel: 'high',
      request: req,
    });
    const { userRef } = parseQuery(erase.query, req.originalUrl);
    const erased = await audited(
      auditor,
      {
        eventId: 'erase',
        severityLevel: 'high',
        request: req,
        meta: { caller, userRef },
      },
      () => administration.erase(parseFullEntityRef(userRef) ?? userRef),
    );
    res.json(erased);
  });

  return router;
}

/** As `administrator`, for what changes something: the audit log hears of who is refused, too. */
export async function auditedAdministrator(
  options: Pick<
    AdministrationRouterOptions,
    'auditor' | 'gatekeeper' | 'administrationRule'
  >,
  event: AuditorServiceCreateEventOptions & { request: Request },
): Promise<string> {
  return administrator(options, event.request).catch(refusal =>
    auditRefusal(options.auditor, event, refusal),
  );
}

/** @returns who it is */
export async function administrator(
  options: Pick<
    AdministrationRouterOptions,
    'gatekeeper' | 'administrationRule'
  >,
  req: Request,
): Promise<string> {
  const caller = await options.gatekeeper.principal(
    req,
    notificationsAdministerPermission,
  );
  if (!(await options.administrationRule.allows(caller))) {
    throw new NotAllowedError(
      'You are not among notifications.administrators, who alone may do this: all programs with an access token are held to it, and where permissions are switched off everybody is',
    );
  }
  return caller.principal;
}
