import { InputError } from '@backstage/errors';
import { parse, parseQuery } from '@herald/backend-kit';
import {
  PreferenceRule,
  Preferences,
  WEB_CHANNEL,
  notificationsListPermission,
  notificationsOperations,
  notificationsUpdateReadPermission,
} from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { Inbox } from '../messages/Inbox';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';

const { getPreferences, updatePreferences } = notificationsOperations;
const ORIGINS_OFFERED = 1_000;

export type PreferencesRouterOptions = {
  gatekeeper: Gatekeeper;
  inbox: Inbox;
  /** The channels beside the portal itself: the names of the processors that are installed. */
  otherChannels: () => readonly string[];
};

/** `/preferences`: what a user wants to be told of. */
export function preferencesRouter(options: PreferencesRouterOptions): Router {
  const { gatekeeper, inbox, otherChannels } = options;
  const router = PromiseRouter();

  router.get(getPreferences.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    parseQuery(getPreferences.query, req.originalUrl);
    res.json(await preferencesOf(inbox, user, otherChannels()));
  });

  router.put(updatePreferences.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsUpdateReadPermission);
    parseQuery(updatePreferences.query, req.originalUrl);
    const { rules } = parse(
      updatePreferences.body,
      await readJsonBody(req, res),
      'body',
    );
    // A rule that was there before may outlive the processor it names.
    const known = [
      ...otherChannels(),
      ...(await inbox.preferences(user.userRef)).rules.map(
        ({ channel }) => channel,
      ),
    ];
    requireChannels(rules, known);
    await inbox.setRules(user, rules);
    res.json(await preferencesOf(inbox, user, otherChannels()));
  });

  return router;
}

/** @throws InputError where a rule names a channel that does not exist */
export function requireChannels(
  rules: readonly PreferenceRule[],
  otherChannels: readonly string[],
): void {
  const known = new Set(
    [WEB_CHANNEL, ...otherChannels].map(name => name.toLowerCase()),
  );
  rules.forEach(({ channel }, index) => {
    if (!known.has(channel.toLowerCase())) {
      throw new InputError(
        `Field rules.${index}.channel: there is no channel of this name (was ${JSON.stringify(
          channel,
        )}); there are ${[...known].join(', ')}`,
      );
    }
  });
}

async function preferencesOf(
  inbox: Inbox,
  user: SignedInUser,
  otherChannels: readonly string[],
): Promise<Preferences> {
  return {
    channels: [WEB_CHANNEL, ...otherChannels],
    ...(await inbox.preferences(user.userRef)),
    origins: await inbox.origins(user, ORIGINS_OFFERED),
  };
}
