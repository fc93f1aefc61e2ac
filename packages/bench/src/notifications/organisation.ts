import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  parseEntityRef,
} from '@backstage/catalog-model';

/**
 * The people of the workload. The reader is in four teams; with the departments and divisions above them and the company above
 * all they have 13 groups, with themselves 14 refs. The others are in squads of ten, and all of them in `everyone`. `multitude` has
 * another 45,000 besides, who are in no other group and in no message of the workload.
 */
export const READER = 'user:default/reader';
export const EVERYONE = 'group:default/everyone';
export const PEOPLE = 5_000;
export const MULTITUDE = 'group:default/multitude';
export const MULTITUDE_MEMBERS = 50_000;
export const SOLO = 'group:default/solo';
export const SQUADS = 500;
export const SQUAD_MEMBERS = PEOPLE / SQUADS;

const TEAMS = 4;
const COLLEAGUES_PER_TEAM = 9;
const COMPANY = 'group:default/company';

const range = (count: number) =>
  Array.from({ length: count }, (_, index) => index + 1);

export const person = (number: number) => `user:default/person-${number}`;
export const squad = (number: number) => `group:default/squad-${number}`;
const chain = (team: number) =>
  ['team', 'department', 'division'].map(
    level => `group:default/${level}-${team}`,
  );

/** The groups whose messages reach the reader. */
export const READER_GROUPS = [...range(TEAMS).flatMap(chain), COMPANY];

const colleagues = (team: number) =>
  range(COLLEAGUES_PER_TEAM).map(
    number => (team - 1) * COLLEAGUES_PER_TEAM + number,
  );
const squadMembers = (number: number) =>
  range(SQUAD_MEMBERS).map(index => (number - 1) * SQUAD_MEMBERS + index);

/** A group to send to; upstream writes to the `last` of its members after all others. */
export type Group = { ref: string; members: number; last: string };

/** From one member to 50,000, smallest first; the reader is in none of them. */
export const GROUPS: readonly Group[] = [
  { ref: SOLO, members: 1, last: person(1) },
  { ref: squad(1), members: SQUAD_MEMBERS, last: person(SQUAD_MEMBERS) },
  { ref: EVERYONE, members: PEOPLE, last: person(PEOPLE) },
  {
    ref: MULTITUDE,
    members: MULTITUDE_MEMBERS,
    last: person(MULTITUDE_MEMBERS),
  },
];

/** Who gets a message to a group, through subgroups; `number` is 0 for the reader. */
export type Membership = { ref: string; userRef: string; number: number };

export function memberships(): Membership[] {
  const reader = { userRef: READER, number: 0 };
  const others = (numbers: number[]) =>
    numbers.map(number => ({ userRef: person(number), number }));
  const group = (ref: string, members: Omit<Membership, 'ref'>[]) =>
    members.map(member => ({ ref, ...member }));
  return [
    ...range(TEAMS).flatMap(team =>
      chain(team).flatMap(ref =>
        group(ref, [reader, ...others(colleagues(team))]),
      ),
    ),
    ...group(COMPANY, [reader, ...others(range(TEAMS).flatMap(colleagues))]),
    ...range(SQUADS).flatMap(number =>
      group(squad(number), others(squadMembers(number))),
    ),
  ];
}

/** What the catalog holds of them. */
export function catalogEntities(): Entity[] {
  const relations = new Map<string, { type: string; targetRef: string }[]>();
  const relate = (from: string, type: string, to: string, back: string) => {
    for (const [source, relation, targetRef] of [
      [from, type, to],
      [to, back, from],
    ]) {
      const known = relations.get(source) ?? [];
      known.push({ type: relation, targetRef });
      relations.set(source, known);
    }
  };
  const join = (user: string, group: string) =>
    relate(user, RELATION_MEMBER_OF, group, RELATION_HAS_MEMBER);
  const put = (child: string, parent: string) =>
    relate(child, RELATION_CHILD_OF, parent, RELATION_PARENT_OF);

  for (const team of range(TEAMS)) {
    const [teamRef, departmentRef, divisionRef] = chain(team);
    join(READER, teamRef);
    colleagues(team).forEach(number => join(person(number), teamRef));
    put(teamRef, departmentRef);
    put(departmentRef, divisionRef);
    put(divisionRef, COMPANY);
  }
  for (const number of range(SQUADS)) {
    squadMembers(number).forEach(member => join(person(member), squad(number)));
  }
  range(PEOPLE).forEach(number => join(person(number), EVERYONE));
  range(MULTITUDE_MEMBERS).forEach(number => join(person(number), MULTITUDE));
  join(person(1), SOLO);

  return [...relations].map(([ref, related]) => {
    const { kind, namespace, name } = parseEntityRef(ref);
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: kind === 'user' ? 'User' : 'Group',
      metadata: { namespace, name },
      spec: kind === 'user' ? {} : { type: 'group', children: [] },
      relations: related,
    };
  });
}
