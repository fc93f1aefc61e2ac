import { mockServices } from '@backstage/backend-test-utils';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OtherHost } from './__testUtils__/OtherHost';
import { OwnDirectory } from './OwnDirectory';
import { WorkPlace } from './WorkPlace';

describe('the place to work in', () => {
  let root: string;
  let happened: string[];
  let place: WorkPlace<string>;
  let problem: Error | undefined;
  let count: number;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'herald-place-'));
    happened = [];
    problem = undefined;
    count = 0;
    place = await WorkPlace.open({
      claim: async () => {
        if (problem) throw problem;
        count += 1;
        const directory = await mkdtemp(path.join(root, 'own-'));
        const own = await OwnDirectory.take(directory, {
          logger: mockServices.logger.mock(),
          isAbandoned: () => false,
        });
        if (!own) throw new Error('It is somebody else’s');
        return own;
      },
      furnish: () => {
        happened.push(`furnished ${count}`);
        return `tools ${count}`;
      },
      clear: async tools => {
        happened.push(`cleared ${tools}`);
      },
      logger: mockServices.logger.mock(),
    });
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const lose = async () => {
    const { own } = await place.current();
    const other = new OtherHost(own.path);
    await other.take();
    await other.die();
    await expect(own.demand()).rejects.toThrow('was lost');
    return own;
  };

  it('is another one once it was lost, furnished anew', async () => {
    const first = await lose();
    const { own, tools } = await place.current();
    expect(own.path).not.toBe(first.path);
    expect(tools).toBe('tools 2');
    await own.demand();
    await place.close();
    expect(happened).toEqual([
      'furnished 1',
      'cleared tools 1',
      'furnished 2',
      'cleared tools 2',
    ]);
  });

  it('is looked for again by who needs it, where there was none', async () => {
    problem = new Error('No space left');
    await lose();
    await expect(place.current()).rejects.toThrow('No space left');
    problem = undefined;
    const [a, b] = await Promise.all([place.current(), place.current()]);
    expect(a).toBe(b);
    expect(a.tools).toBe('tools 2');
    await place.close();
  });

  it('ends where there is none', async () => {
    problem = new Error('No space left');
    await lose();
    await expect(place.current()).rejects.toThrow('No space left');
    await expect(place.close()).resolves.toBeUndefined();
    expect(happened).toEqual(['furnished 1', 'cleared tools 1']);
  });

  it('is given back in the end, and not looked for any more', async () => {
    const { own } = await place.current();
    await place.close();
    const next = await OwnDirectory.take(own.path, {
      logger: mockServices.logger.mock(),
      isAbandoned: () => false,
    });
    await next?.demand();
    await next?.release();
    expect(count).toBe(1);
  });
});
