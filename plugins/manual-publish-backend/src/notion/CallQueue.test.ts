import { CallQueue } from './CallQueue';
import { VirtualClock } from './__testUtils__/VirtualClock';

describe('the queue of calls', () => {
  /** Which calls were made, in order, of so many of each kind that come at once; those in the background first. */
  async function order(options: { background: number; waitedFor: number }) {
    const clock = new VirtualClock();
    const queue = new CallQueue({ clock, concurrency: 1 });
    const made: string[] = [];
    const { signal } = new AbortController();
    const run = (name: string, isWaitedFor: boolean) =>
      queue.run({
        signal,
        isWaitedFor,
        call: async () => {
          made.push(name);
          await clock.sleep(100);
        },
      });
    const all = [
      ...Array.from({ length: options.background }, (_, index) =>
        run(`export ${index}`, false),
      ),
      ...Array.from({ length: options.waitedFor }, (_, index) =>
        run(`page ${index}`, true),
      ),
    ];
    await clock.until(Promise.all(all));
    return made;
  }

  it('lets what somebody waits for go by turns with an export that came first', async () => {
    expect(await order({ background: 5, waitedFor: 2 })).toEqual([
      'export 0',
      'page 0',
      'export 1',
      'page 1',
      'export 2',
      'export 3',
      'export 4',
    ]);
  });

  it('does not hold an export up for as long as somebody looks', async () => {
    expect(await order({ background: 2, waitedFor: 5 })).toEqual([
      'export 0',
      'page 0',
      'export 1',
      'page 1',
      'page 2',
      'page 3',
      'page 4',
    ]);
  });
});
