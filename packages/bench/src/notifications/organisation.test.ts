import {
  EVERYONE,
  GROUPS,
  PEOPLE,
  READER,
  READER_GROUPS,
  catalogEntities,
  memberships,
} from './organisation';
import { stringifyEntityRef } from '@backstage/catalog-model';

const byRef = new Map(
  catalogEntities().map(entity => [stringifyEntityRef(entity), entity]),
);

function related(ref: string, type: string): string[] {
  return (byRef.get(ref)?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}

function members(group: string): string[] {
  return [
    ...related(group, 'hasMember'),
    ...related(group, 'parentOf').flatMap(members),
  ];
}

describe('the organisation', () => {
  it('gives the reader 14 refs', () => {
    const refs = new Set([READER, ...related(READER, 'memberOf')]);
    for (const ref of refs) {
      related(ref, 'childOf').forEach(parent => refs.add(parent));
    }
    expect(refs.size).toBe(14);
    expect([...refs].slice(1).sort()).toEqual([...READER_GROUPS].sort());
  });

  it('has a group of everyone but the reader', () => {
    expect(members(EVERYONE)).toHaveLength(PEOPLE);
    expect(members(EVERYONE)).not.toContain(READER);
  });

  it('names the size and the last member of the groups that are sent to', () => {
    for (const group of GROUPS) {
      const refs = members(group.ref);
      expect(refs).toHaveLength(group.members);
      expect(refs.at(-1)).toBe(group.last);
      expect(refs).not.toContain(READER);
    }
  });

  it('lists the same members for the load as the catalog has', () => {
    const groups = new Map<string, string[]>();
    for (const { ref, userRef } of memberships()) {
      groups.set(ref, [...(groups.get(ref) ?? []), userRef]);
    }
    expect(groups.size).toBe(513);
    for (const [ref, users] of groups) {
      expect([...users].sort()).toEqual([...new Set(members(ref))].sort());
    }
  });
});
