import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
// Two portals share the machine with the tests.
jest.setTimeout(120_000);

// Replicas share a database, which SQLite does not offer. They share no events: what one does the other learns from the database.
describe('people at two replicas on one PostgreSQL', () => {
  let first: SmallManuals;
  let second: SmallManuals;

  beforeAll(async () => {
    first = await startSmallManuals(databases, 'POSTGRES_17');
    second = await startSmallManuals(databases, 'POSTGRES_17', {
      knex: first.knex,
      sandbox: first.sandbox,
      prefix: first.prefix,
    });
  });
  afterAll(async () => {
    await second.stop();
    await first.stop();
  });
  afterEach(() => first.mend());

  it('who loses the stream of one goes on with the other, without a gap and without anything twice', async () => {
    const manual = first.manual();
    first.sandbox.openAi.faults.add({ delayMs: 2_500, times: 1 });
    const id = await first.ask(manual.order);
    const whole = await first.watch(id);
    const dropped = await first.watch(id);
    await dropped.until(({ data }) => data.includes('EXPORT_COMMIT'));
    dropped.close();
    const last = dropped.events[dropped.events.length - 1];

    const resumed = await second.watch(id, last.id);
    await Promise.all([resumed.ended, whole.ended]);
    // Of several changes of the job or its progress, the last is enough.
    const told = (events: { event?: string; id?: string }[]) =>
      events
        .filter(({ event }) => event === 'log' || event === 'warning')
        .map(event => event.id);
    expect(told([...dropped.events, ...resumed.events])).toEqual(
      told(whole.events),
    );
    const numbers = resumed.events.map(event => Number(event.id));
    expect(Math.min(...numbers)).toBeGreaterThan(Number(last.id));
    expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => x - y));
    expect(numbers[numbers.length - 1]).toBe(
      Number(whole.events[whole.events.length - 1].id),
    );
    const end = resumed.events[resumed.events.length - 1];
    expect(JSON.parse(end.data).job).toMatchObject({
      id,
      status: 'COMPLETED',
    });
    expect((await second.job(id)).commits).toHaveLength(2);
  });

  it('publish the same solution one after another, and different ones at once', async () => {
    const same = first.manual();
    const others = [first.manual(), first.manual()];
    const before = (await first.repository.log()).length;
    const ids = await Promise.all([
      first.ask(same.order),
      second.ask(same.order),
      first.ask(others[0].order),
      second.ask(others[1].order),
    ]);
    const jobs = await Promise.all(ids.map(first.ended));
    expect(jobs.map(({ status }) => status)).toEqual(
      Array(4).fill('COMPLETED'),
    );
    expect(jobs.slice(0, 2).filter(job => job.unchanged)).toHaveLength(1);
    const [one, other] = jobs
      .slice(0, 2)
      .map(job => ({
        from: Date.parse(job.started_at ?? ''),
        to: Date.parse(job.ended_at ?? ''),
      }))
      .sort((a, b) => a.from - b.from);
    expect(other.from).toBeGreaterThanOrEqual(one.to);
    expect((await first.repository.log()).length - before).toBe(6);
    for (const job of jobs) {
      expect(await first.leftOvers(job)).toEqual([]);
      expect(await second.leftOvers(job)).toEqual([]);
    }
  });

  it('cancel at one what the other does', async () => {
    const manual = first.manual();
    first.sandbox.notion.faults.add({ path: /blocks/, delayMs: 3_000 });
    const id = await first.ask(manual.order);
    await second.post(`/jobs/${id}/cancel`).expect(200);
    expect(await second.ended(id)).toMatchObject({ status: 'CANCELLED' });
  });
});
