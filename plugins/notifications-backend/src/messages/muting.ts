import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';

/** Whether messages of an origin and a topic come on one channel; the first that fits decides. */
export type MutingRule = {
  origin?: string;
  topic?: string;
  isMuted: boolean;
};

export const NO_DEFAULTS: PreferenceDefaults = {
  rules: [],
  mandatoryOrigins: [],
};

/**
 * What decides for one person on one channel, the first rule that fits first: mandatory origins, then what they said, then the
 * defaults; in each, an origin with a topic before a topic before an origin. Empty where nothing is muted.
 */
export function mutingRules(
  channel: string,
  own: readonly PreferenceRule[],
  defaults: PreferenceDefaults,
): MutingRule[] {
  const ofChannel = (rules: readonly PreferenceRule[]) =>
    rules
      .filter(rule => rule.channel.toLowerCase() === channel.toLowerCase())
      .map(({ origin, topic, enabled }) => ({
        origin,
        topic,
        isMuted: !enabled,
      }))
      .sort((a, b) => generality(a) - generality(b));
  const rules = [
    ...defaults.mandatoryOrigins.map(origin => ({ origin, isMuted: false })),
    ...ofChannel(own),
    ...ofChannel(defaults.rules),
  ];
  return rules.some(rule => rule.isMuted) ? rules : [];
}

function generality({ origin, topic }: MutingRule): number {
  if (topic === undefined) {
    return 2;
  }
  return origin === undefined ? 1 : 0;
}

export function isMuted(
  rules: readonly MutingRule[],
  message: { origin: string; topic?: string },
): boolean {
  const rule = rules.find(
    ({ origin, topic }) =>
      (origin === undefined || origin === message.origin) &&
      (topic === undefined || topic === message.topic),
  );
  return rule?.isMuted ?? false;
}
