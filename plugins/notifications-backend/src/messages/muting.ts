import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';

/** Whether messages of an origin and a topic come on one channel; the first that fits decides. */
export type MutingRule = {
  origin?: string;
  topic?: string;
  isMuted: boolean;
  /** Rules of one rank never fit the same message. */
  rank: number;
};

/** Rules of one rank, as sets of keys: origins, topics, or both joined by the separator. */
export type MutingClass = {
  kind: 'origin' | 'topic' | 'both';
  muted: string[];
  heard: string[];
};

/** Between an origin and a topic; neither is a control character to anybody's eyes. */
export const KEY_SEPARATOR = '\u001f';

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
  const ofChannel = (rules: readonly PreferenceRule[], firstRank: number) =>
    rules
      .filter(rule => rule.channel.toLowerCase() === channel.toLowerCase())
      .map(({ origin, topic, enabled }) => ({
        origin,
        topic,
        isMuted: !enabled,
        rank: firstRank + generality({ origin, topic }),
      }))
      .sort((a, b) => a.rank - b.rank);
  const rules = [
    ...defaults.mandatoryOrigins.map(origin => ({
      origin,
      isMuted: false,
      rank: 0,
    })),
    ...ofChannel(own, 1),
    ...ofChannel(defaults.rules, 4),
  ];
  return rules.some(rule => rule.isMuted) ? rules : [];
}

function generality({
  origin,
  topic,
}: Pick<MutingRule, 'origin' | 'topic'>): number {
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

/** The same rules as sets, in the order of their ranks: for a database, which would try one after the other. */
export function mutingClasses(rules: readonly MutingRule[]): MutingClass[] {
  const classes = new Map<number, MutingClass>();
  for (const { origin, topic, isMuted: isRefused, rank } of rules) {
    const kind = kindOf(origin, topic);
    const ofRank = classes.get(rank) ?? { kind, muted: [], heard: [] };
    classes.set(rank, ofRank);
    ofRank[isRefused ? 'muted' : 'heard'].push(
      [origin, topic].filter(part => part !== undefined).join(KEY_SEPARATOR),
    );
  }
  return [...classes].sort(([a], [b]) => a - b).map(([, ofRank]) => ofRank);
}

function kindOf(origin?: string, topic?: string): MutingClass['kind'] {
  if (topic === undefined) {
    return 'origin';
  }
  return origin === undefined ? 'topic' : 'both';
}
