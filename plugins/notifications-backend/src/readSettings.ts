import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Config } from '@backstage/config';
import { Quota, QuotaRules } from './messages/SenderQuota';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { ProcessingSettings } from './processing/startProcessing';
import { StreamLimits } from './stream/StreamHub';

export type Settings = {
  secret: string | undefined;
  allowAnonymousSenders: boolean;
  permissionsEnabled: boolean;
  broadcasters: string[];
  administrators: string[];
  quotas: QuotaRules;
  retentionMs: number;
  unreadHorizonMs: number;
  membershipMaxAgeMs: number;
  membershipCheckMs: number;
  feedPollMs: number;
  pingMs: number;
  patienceMs: number;
  streamLimits: StreamLimits;
  processing: ProcessingSettings;
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
    broadcasters: people(own, 'broadcasters'),
    administrators: people(own, 'administrators'),
    quotas: readQuotas(own?.getOptionalConfigArray('quotas') ?? []),
    retentionMs: duration('retention', { days: 365 }),
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
      backlog: own?.getOptionalNumber('streams.maxBacklog') ?? 1_000,
      replay: 10_000,
    },
    processing: {
      timeoutMs: duration('processing.timeout', { minutes: 5 }),
      maxAttempts: own?.getOptionalNumber('processing.maxAttempts') ?? 10,
      concurrency: own?.getOptionalNumber('processing.concurrency') ?? 4,
    },
  };
}

function people(own: Config | undefined, key: string): string[] {
  return (own?.getOptionalStringArray(key) ?? []).map(ref =>
    principal(ref, key),
  );
}

/** Somebody who is named in the configuration, as the audit log names them. */
function principal(ref: string, key: string): string {
  if (/^(service|external):./.test(ref)) {
    return ref;
  }
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `notifications.${key}: '${ref}' is neither a full entity ref nor service:… or external:…`,
    );
  }
}

function readQuotas(entries: readonly Config[]): QuotaRules {
  const bySender = new Map<string, Quota>();
  let general: Quota | undefined;
  for (const entry of entries) {
    const quota = {
      messages: entry.getNumber('messages'),
      perMs: durationToMilliseconds(
        readDurationFromConfig(entry, { key: 'per' }),
      ),
    };
    if (!Number.isSafeInteger(quota.messages) || quota.messages < 1) {
      throw new InputError(
        `notifications.quotas: messages must be a whole number greater than 0 (was ${quota.messages})`,
      );
    }
    if (quota.perMs < 1_000) {
      throw new InputError(
        'notifications.quotas: per must be at least a second',
      );
    }
    const sender = entry.getOptionalString('sender');
    if (sender === undefined) {
      general = quota;
    } else {
      bySender.set(principal(sender, 'quotas'), quota);
    }
  }
  return { general, bySender };
}
