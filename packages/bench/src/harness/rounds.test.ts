import { inTurn } from './rounds';

describe('inTurn', () => {
  it('warms both sides up first, then lets them run in turn', async () => {
    const order: string[] = [];
    const load = (name: string) => ({
      work: async () => {
        order.push(name);
      },
      warmUp: 1,
      requests: 2,
    });
    await inTurn({ a: load('a'), b: load('b') }, 2);
    expect(order.join(' ')).toBe('a b a a b b a a b b');
  });

  it('measures every request and the round by the clock, and leaves the warm-up out', async () => {
    let now = 0;
    const rounds = await inTurn(
      {
        a: {
          work: async index => {
            now += index === 0 ? 1000 : 5;
          },
          warmUp: 1,
          requests: 3,
        },
      },
      1,
      () => now,
    );
    expect(rounds.a).toEqual([{ latencies: [5, 5, 5], elapsed: 15 }]);
  });

  it('gives every request its own index, over the rounds and all that run at a time', async () => {
    const seen: number[] = [];
    await inTurn(
      {
        a: {
          work: async index => {
            seen.push(index);
          },
          warmUp: 2,
          requests: 5,
          concurrency: 3,
        },
      },
      2,
    );
    expect(seen.sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
  });

  it('fails where a request fails', async () => {
    const work = async () => {
      throw new Error('status 500');
    };
    await expect(
      inTurn({ a: { work, warmUp: 0, requests: 1 } }, 1),
    ).rejects.toThrow('status 500');
  });
});
