import type {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';

/** What a rule is about: a channel, and an origin, a topic, or both. */
export type Subject = Pick<PreferenceRule, 'channel' | 'origin' | 'topic'>;

/**
 * Whether messages come, and why.
 * - `own`: the person said so about exactly this
 * - `inherited`: the person said so about more than this, such as the whole origin
 * - `default`: an administrator did
 * - `mandatory`: nobody can mute it
 * - `unsaid`: nobody said anything
 */
export type Decision = {
  enabled: boolean;
  by: 'own' | 'inherited' | 'default' | 'mandatory' | 'unsaid';
};

export function isAbout(rule: PreferenceRule, subject: Subject): boolean {
  return (
    rule.channel === subject.channel &&
    rule.origin === subject.origin &&
    rule.topic === subject.topic
  );
}

/** Origin with topic before topic before origin. */
function weight({ origin, topic }: PreferenceRule): number {
  return (topic === undefined ? 0 : 2) + (origin === undefined ? 0 : 1);
}

function strongest(
  rules: readonly PreferenceRule[],
  { channel, origin, topic }: Subject,
): PreferenceRule | undefined {
  return rules
    .filter(
      rule =>
        rule.channel === channel &&
        (rule.origin === undefined || rule.origin === origin) &&
        (rule.topic === undefined || rule.topic === topic),
    )
    .sort((a, b) => weight(b) - weight(a))
    .at(0);
}

/** What holds for a subject. */
export function decide(
  subject: Subject,
  rules: readonly PreferenceRule[],
  defaults: PreferenceDefaults,
): Decision {
  const { origin } = subject;
  if (origin !== undefined && defaults.mandatoryOrigins.includes(origin)) {
    return { enabled: true, by: 'mandatory' };
  }
  const own = strongest(rules, subject);
  const given = strongest(defaults.rules, subject);
  // Their own word counts before any default, however general it is: so it is in the server, too.
  if (own) {
    const { enabled } = own;
    return { enabled, by: isAbout(own, subject) ? 'own' : 'inherited' };
  }
  return given
    ? { enabled: given.enabled, by: 'default' }
    : { enabled: true, by: 'unsaid' };
}

/** Without a rule about exactly this subject. */
export function withoutRule(
  rules: readonly PreferenceRule[],
  subject: Subject,
): PreferenceRule[] {
  return rules.filter(rule => !isAbout(rule, subject));
}

/**
 * With the person's word on a subject. Where the same would hold without it, none is kept: who goes back to what is usual
 * follows it when it changes.
 */
export function withRule(
  rules: readonly PreferenceRule[],
  defaults: PreferenceDefaults,
  subject: Subject,
  enabled: boolean,
): PreferenceRule[] {
  const others = withoutRule(rules, subject);
  return decide(subject, others, defaults).enabled === enabled
    ? others
    : [...others, { ...subject, enabled }];
}

/** Rules about what is not on offer: an origin that has sent nothing for long, or a topic wherever it comes from. */
export function otherRules(
  rules: readonly PreferenceRule[],
  known: readonly { origin: string; topics: readonly string[] }[],
): PreferenceRule[] {
  return rules.filter(({ origin, topic }) => {
    const source = known.find(one => one.origin === origin);
    return !source || (topic !== undefined && !source.topics.includes(topic));
  });
}
