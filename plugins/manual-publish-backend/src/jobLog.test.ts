import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

describe.each(databases.eachSupportedId())('the log of a job on %s', engine => {
  let manuals: SmallManuals;
  let id: string;

  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine);
    ({ id } = await manuals.publish(manuals.manual().order));
  });
  afterAll(() => manuals.stop());

  type Line = { id: number; at: string; message: string };
  const read = async (query = ''): Promise<Line[]> => {
    const { body } = await manuals.get(`/jobs/${id}/log${query}`).expect(200);
    return body.lines;
  };

  it('has the lines that the stream tells, under the same ids', async () => {
    const stream = await manuals.watch(id, '0');
    await stream.ended;
    const told = stream.events
      .filter(({ event }) => event === 'log')
      .map(({ id: number, data }) => {
        const { at, message } = JSON.parse(data);
        return { id: Number(number), at, message };
      });
    expect(told.length).toBeGreaterThan(3);
    expect(await read()).toEqual(told);
  });

  it('goes on after any line, and gives as many as were asked for', async () => {
    const all = await read();
    expect(await read(`?after=${all[1].id}`)).toEqual(all.slice(2));
    expect(await read(`?after=${all[0].id}&limit=2`)).toEqual(all.slice(1, 3));
    expect(await read(`?after=${all.at(-1)?.id}`)).toEqual([]);
    expect(await read(`?after=99999999999`)).toEqual([]);
  });

  it.each([
    ['after=-1', 'after'],
    ['after=x', 'after'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['since=1', 'since'],
  ])('refuses %s by name', async (query, name) => {
    const { body } = await manuals.get(`/jobs/${id}/log?${query}`).expect(400);
    expect(body.error.message).toContain(name);
  });

  it('is of no job where there is none', async () => {
    const nobodys = '/jobs/0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11/log';
    expect((await manuals.get(nobodys)).status).toBe(404);
  });
});
