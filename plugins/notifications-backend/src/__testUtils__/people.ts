import { Entity } from '@backstage/catalog-model';

function user(name: string, memberOf: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf },
    relations: memberOf.map(groupName => ({
      type: 'memberOf',
      targetRef: `group:default/${groupName}`,
    })),
  };
}

function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [], parent },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}

export const GUEST = 'user:default/guest';
export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';

/**
 * guest is in a team, that in a department, that in the company; ada in the department; bob in no group.
 * `ring-a` and `ring-b` are each other's parents.
 */
export const people: Entity[] = [
  user('guest', ['team']),
  user('ada', ['department']),
  user('bob', []),
  user('rita', ['ring-a']),
  group('company'),
  group('department', 'company'),
  group('team', 'department'),
  group('ring-a', 'ring-b'),
  group('ring-b', 'ring-a'),
];
