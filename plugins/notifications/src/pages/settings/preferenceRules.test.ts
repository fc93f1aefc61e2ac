import type { PreferenceRule } from '@herald/backstage-plugin-notifications-common';
import { decide, otherRules, withoutRule, withRule } from './preferenceRules';

const web = { channel: 'web' };
const off = (over: Partial<PreferenceRule>): PreferenceRule => ({
  ...web,
  enabled: false,
  ...over,
});
const none = { rules: [], mandatoryOrigins: [] };
const subject = { ...web, origin: 'ci', topic: 'builds' };

describe('decide', () => {
  it('lets messages come where nobody said anything', () => {
    expect(decide(subject, [], none)).toEqual({ enabled: true, by: 'unsaid' });
  });

  it.each([
    ['origin with topic', off({ origin: 'ci', topic: 'builds' }), 'own'],
    ['topic', off({ topic: 'builds' }), 'inherited'],
    ['origin', off({ origin: 'ci' }), 'inherited'],
  ] as const)('goes by a rule about the %s', (_, rule, by) => {
    expect(decide(subject, [rule], none)).toEqual({ enabled: false, by });
  });

  it('lets the most specific rule decide', () => {
    const on = { enabled: true };
    const origin = off({ origin: 'ci' });
    const topic = off({ topic: 'builds', ...on });
    const both = off({ origin: 'ci', topic: 'builds' });
    expect(decide(subject, [origin, topic], none).enabled).toBe(true);
    expect(decide(subject, [both, origin, topic], none).enabled).toBe(false);
  });

  it('lets the own word count before any default', () => {
    const defaults = {
      ...none,
      rules: [off({ origin: 'ci', topic: 'builds' })],
    };
    expect(decide(subject, [], defaults)).toEqual({
      enabled: false,
      by: 'default',
    });
    expect(
      decide(subject, [off({ origin: 'ci', enabled: true })], defaults).enabled,
    ).toBe(true);
  });

  it('lets nobody mute what is mandatory', () => {
    const defaults = {
      rules: [off({ origin: 'ci' })],
      mandatoryOrigins: ['ci'],
    };
    expect(decide(subject, [off({ origin: 'ci' })], defaults)).toEqual({
      enabled: true,
      by: 'mandatory',
    });
  });

  it('keeps channels apart', () => {
    expect(
      decide(subject, [off({ channel: 'email', origin: 'ci' })], none).enabled,
    ).toBe(true);
  });
});

describe('withRule', () => {
  const ci = { ...web, origin: 'ci', topic: undefined };

  it('adds a rule, and replaces the one that was there', () => {
    const once = withRule([], none, ci, false);
    expect(once).toEqual([{ ...ci, enabled: false }]);
    expect(withRule(once, none, ci, false)).toEqual(once);
  });

  it('keeps none where the same holds without it', () => {
    expect(withRule([{ ...ci, enabled: false }], none, ci, true)).toEqual([]);
  });

  it('keeps one against a default', () => {
    const defaults = { ...none, rules: [off({ origin: 'ci' })] };
    expect(withRule([], defaults, ci, true)).toEqual([
      { ...ci, enabled: true },
    ]);
  });

  it('takes away only the rule about exactly the subject', () => {
    const rules = [
      off({ origin: 'ci' }),
      off({ origin: 'ci', topic: 'builds' }),
      off({ origin: 'ci', channel: 'email' }),
    ];
    expect(withoutRule(rules, ci)).toEqual(rules.slice(1));
  });
});

it('finds the rules that the list does not show', () => {
  const known = [{ origin: 'ci', topics: ['builds'] }];
  const shown = [off({ origin: 'ci' }), off({ origin: 'ci', topic: 'builds' })];
  const others = [
    off({ origin: 'gone' }),
    off({ topic: 'builds' }),
    off({ origin: 'ci', topic: 'gone' }),
  ];
  expect(otherRules([...shown, ...others], known)).toEqual(others);
});
