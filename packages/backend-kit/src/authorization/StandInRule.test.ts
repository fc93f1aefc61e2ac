import { StandInRule } from './StandInRule';

const GROUPS: Record<string, string[]> = {
  'user:default/ada': ['user:default/ada', 'group:default/operators'],
  'user:default/bob': ['user:default/bob'],
};
let asked: string[] = [];

function rule(options: {
  permissionsEnabled?: boolean;
  named?: string[];
  trustsPrograms?: boolean;
  namesOutsiders?: boolean;
}) {
  asked = [];
  return new StandInRule<string>({
    permissionsEnabled: false,
    named: [],
    trustsPrograms: false,
    ...options,
    refsOf: async user => {
      asked.push(user);
      return GROUPS[user];
    },
  });
}

const person = (ref: string) => ({ principal: ref, user: ref });
const ADA = person('user:default/ada');
const BOB = person('user:default/bob');
const PROGRAM = { principal: 'service:external:ci' };

describe('where permissions decide, the rule', () => {
  it.each([ADA, BOB, PROGRAM])('lets $principal through', async caller => {
    expect(await rule({ permissionsEnabled: true }).allows(caller)).toBe(true);
    expect(asked).toEqual([]);
  });
});

describe('where permissions decide and outsiders have to be named, the rule', () => {
  const named = { permissionsEnabled: true, namesOutsiders: true };
  const PLUGIN = { principal: 'service:plugin:scaffolder' };

  it('lets people and plugins through, and of programs outside those who are named', async () => {
    expect(await rule(named).allows(BOB)).toBe(true);
    expect(await rule(named).allows(PLUGIN)).toBe(true);
    expect(await rule(named).allows(PROGRAM)).toBe(false);
    expect(
      await rule({ ...named, named: [PROGRAM.principal] }).allows(PROGRAM),
    ).toBe(true);
  });
});

describe('where permissions are switched off, the rule', () => {
  it('lets through who is named, without asking for groups', async () => {
    expect(await rule({ named: [ADA.principal] }).allows(ADA)).toBe(true);
    expect(await rule({ named: [PROGRAM.principal] }).allows(PROGRAM)).toBe(
      true,
    );
    expect(asked).toEqual([]);
  });

  it('lets through who is in a group that is named, and nobody else', async () => {
    const operators = rule({ named: ['group:default/operators'] });
    expect(await operators.allows(ADA)).toBe(true);
    expect(await operators.allows(BOB)).toBe(false);
  });

  it('lets no person through where nobody is named', async () => {
    expect(await rule({ trustsPrograms: true }).allows(ADA)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('lets programs that are not named through where it trusts them', async () => {
    const named = [ADA.principal];
    expect(await rule({ named }).allows(PROGRAM)).toBe(false);
    expect(await rule({ named, trustsPrograms: true }).allows(PROGRAM)).toBe(
      true,
    );
  });
});
