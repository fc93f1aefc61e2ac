import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

describe.each(databases.eachSupportedId())('the webhook, on %s', engine => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine, {
      notion: { webhookVerificationToken: 'secret_sandbox_verification_token' },
    });
  });
  afterAll(() => manuals.stop());

  const readAt = async ({ solution }: { solution: string }) => {
    const { body } = await manuals
      .get(`/manuals?selected_solution=${solution}`)
      .expect(200);
    return body.solutions[0].read_at as string;
  };
  const send = async (
    type: 'page.content_updated' | 'page.moved',
    pageId: string,
  ) => {
    const { notion } = manuals.sandbox;
    const { status } = await notion.sendWebhook(
      `${manuals.url}/webhook/notion`,
      notion.pageEvent(type, pageId),
    );
    expect(status).toBe(204);
  };

  it('lets the tree be read again at once, and no other', async () => {
    const [changed, other] = [manuals.manual(), manuals.manual()];
    const before = [await readAt(changed), await readAt(other)];
    expect([await readAt(changed), await readAt(other)]).toEqual(before);
    await send('page.content_updated', changed.id('install'));
    expect(await readAt(changed)).not.toBe(before[0]);
    expect(await readAt(other)).toBe(before[1]);
  });

  it('tells of a page that was moved both solutions, where it is and where it was', async () => {
    const [from, to] = [manuals.manual(), manuals.manual()];
    const before = [await readAt(from), await readAt(to)];
    manuals.sandbox.notion.workspace.move(from.id('install'), to.id());
    await send('page.moved', from.id('install'));
    expect(await readAt(from)).not.toBe(before[0]);
    expect(await readAt(to)).not.toBe(before[1]);
  });
});
