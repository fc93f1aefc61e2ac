import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';
import { ADA } from './__testUtils__/startManualPublish';

const databases = testEngines();

describe.each(databases.eachSupportedId())('the list of jobs on %s', engine => {
  let manuals: SmallManuals;
  let ids: string[];

  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine);
    const manual = manuals.manual();
    const dryRun = { ...manual.order, dry_run: true };
    ids = [
      (await manuals.publish(dryRun)).id,
      (await manuals.publish(dryRun, ADA)).id,
      (await manuals.publish(dryRun)).id,
    ].reverse();
  });
  afterAll(() => manuals.stop());

  const page = async (query: string) => {
    const { body } = await manuals.get(`/jobs${query}`).expect(200);
    const { jobs, next_cursor: cursor } = body as {
      jobs: { id: string }[];
      next_cursor: string | null;
    };
    return { ids: jobs.map(({ id }) => id), cursor };
  };

  it('has the newest first, page by page to the end', async () => {
    const first = await page('?limit=2');
    expect(first.ids).toEqual(ids.slice(0, 2));
    expect(await page(`?limit=2&cursor=${first.cursor}`)).toEqual({
      ids: ids.slice(2),
      cursor: null,
    });
    expect(await page('?limit=100')).toEqual({ ids, cursor: null });
  });

  it('has what is asked for only', async () => {
    expect((await page(`?requested_by=${ADA}`)).ids).toEqual([ids[1]]);
    expect((await page('?status=COMPLETED&status=FAILED')).ids).toEqual(ids);
    expect((await page('?status=FAILED')).ids).toEqual([]);
    expect((await page('?solution=s0')).ids).toEqual(ids);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=many', 'limit'],
    ['status=DONE', 'status'],
    ['cursor=nonsense', 'cursor'],
    ['order=asc', 'order'],
  ])('refuses %s by its name', async (query, name) => {
    const { body } = await manuals.get(`/jobs?${query}`).expect(400);
    expect(body.error.message).toContain(name);
  });
});
