import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { StreamLimits } from './stream/StreamHub';

export type Settings = {
  secret: string | undefined;
  allowAnonymousSenders: boolean;
  permissionsEnabled: boolean;
  broadcasters: string[];
  unreadHorizonMs: number;
  membershipMaxAgeMs: number;
  membershipCheckMs: number;
  feedPollMs: number;
  pingMs: number;
  patienceMs: number;
  streamLimits: StreamLimits;
};

/** Reads what `config.d.ts` describes. A value that makes no sense stops the start and names its key. */
export function readSettings(config: RootConfigService): Settings {
  const own = config.getOptionalConfig('notifications');
  const duration = (key: string, fallback: HumanDuration) =>
    durationToMilliseconds(
      own?.has(key) ? readDurationFromConfig(own, { key }) : fallback,
    );
  return {
    secret: own?.getOptionalString('externalCallerSecret'),
    allowAnonymousSenders:
      own?.getOptionalBoolean('dangerouslyAllowAnonymousSenders') ?? false,
    permissionsEnabled:
      config.getOptionalBoolean('permission.enabled') ?? false,
    broadcasters: (own?.getOptionalStringArray('broadcasters') ?? []).map(
      normalised,
    ),
    unreadHorizonMs: duration('unreadHorizon', { days: 30 }),
    membershipMaxAgeMs: duration('membershipMaxAge', { seconds: 30 }),
    membershipCheckMs: duration('streams.membershipCheckInterval', {
      minutes: 1,
    }),
    feedPollMs: duration('streams.pollInterval', { seconds: 2 }),
    patienceMs: duration('streams.slowReaderTimeout', { seconds: 30 }),
    pingMs: duration('streams.pingInterval', { seconds: 25 }),
    streamLimits: {
      perUser: own?.getOptionalNumber('streams.maxPerUser') ?? 20,
      inAll: own?.getOptionalNumber('streams.maxInAll') ?? 10_000,
      pendingBytes:
        own?.getOptionalNumber('streams.maxPendingBytes') ?? 1024 * 1024,
      replay: 10_000,
    },
  };
}

function normalised(ref: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `notifications.broadcasters: '${ref}' is not a full entity ref`,
    );
  }
}
