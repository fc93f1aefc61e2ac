import { mockCredentials } from '@backstage/backend-test-utils';
import {
  RESOURCE_TYPE_SOLUTION,
  manualPublishPublishPermission,
} from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import request from 'supertest';
import {
  BASE,
  Portal,
  startManualPublish,
} from './__testUtils__/startManualPublish';

const databases = testEngines();

// What a rule says of a solution has nothing to do with the database.
describe('the rule of a policy that limits publishing to solutions', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: {
        solutions: ['ZCP', 'APIM'].map((name, index) => ({
          name,
          rootPageId: `${index}`.repeat(32),
        })),
      },
    });
  });
  afterAll(() => portal.stop());

  /** As the permission backend asks, where a policy answers with a condition. */
  const decide = async (solution: string, allowed: string[]) => {
    const { body } = await request(portal.server)
      .post(`${BASE}/.well-known/backstage/permissions/apply-conditions`)
      .set('Authorization', mockCredentials.service.header())
      .send({
        items: [
          {
            id: 'one',
            resourceRef: solution,
            resourceType: RESOURCE_TYPE_SOLUTION,
            conditions: {
              rule: 'IS_SOLUTION',
              resourceType: RESOURCE_TYPE_SOLUTION,
              params: { solutions: allowed },
            },
          },
        ],
      })
      .expect(200);
    return body.items[0].result;
  };

  it.each([
    ['allows one of them', 'zcp', ['APIM', 'ZCP'], 'ALLOW'],
    ['allows it in any case', 'zcp', ['Zcp'], 'ALLOW'],
    ['refuses another', 'apim', ['ZCP'], 'DENY'],
    ['refuses where it has none', 'zcp', [], 'DENY'],
    ['refuses a solution that there is not', 'nope', ['nope'], 'DENY'],
  ])('%s', async (_name, solution, allowed, result) => {
    expect(await decide(solution, allowed)).toBe(result);
  });

  it('is known to the permission backend with what it is about', async () => {
    const { body } = await request(portal.server)
      .get(`${BASE}/.well-known/backstage/permissions/metadata`)
      .expect(200);
    expect(body.rules.map(({ name }: { name: string }) => name)).toContain(
      'IS_SOLUTION',
    );
    expect(body.permissions).toContainEqual(
      expect.objectContaining({
        name: manualPublishPublishPermission.name,
        resourceType: RESOURCE_TYPE_SOLUTION,
      }),
    );
  });
});
