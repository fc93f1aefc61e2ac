import {
  AttemptTimedOut,
  LeaseLost,
  PermanentFailure,
  RetryAfter,
  ShuttingDown,
} from './errors';
import { backoffMs } from './Backoff';
import { Ending, settlementOf } from './Settlement';

const backoff = { firstMs: 1_000, factor: 2, maxMs: 60_000 };
const threw = (error: unknown): Ending => ({ how: 'threw', error });
const abandoned = (reason: unknown): Ending => ({ how: 'abandoned', reason });
const failure = new Error('no');

describe('settlementOf', () => {
  it.each<[string, Ending, object, object]>([
    ['a handler that returned', { how: 'returned' }, {}, { to: 'done' }],
    [
      'one that returned although it was told to stop',
      { how: 'returned' },
      { isStopping: true },
      { to: 'done' },
    ],
    [
      'a failure',
      threw(failure),
      {},
      { to: 'retry', delayMs: 1_500, error: 'no' },
    ],
    [
      'what is no error',
      threw('words'),
      {},
      { to: 'retry', delayMs: 1_500, error: 'words' },
    ],
    [
      'the last failure',
      threw(failure),
      { attempt: 3 },
      { to: 'dead', error: 'no' },
    ],
    [
      'a permanent failure',
      threw(new PermanentFailure('gone')),
      {},
      { to: 'dead', error: 'gone' },
    ],
    [
      'a permanent failure while stopping',
      threw(new PermanentFailure('gone')),
      { isStopping: true },
      { to: 'dead', error: 'gone' },
    ],
    [
      'being told when to come back',
      threw(new RetryAfter(7, 'busy')),
      {},
      { to: 'retry', delayMs: 7, error: 'busy' },
    ],
    [
      'being told to have come back already',
      threw(new RetryAfter(-7, 'busy')),
      {},
      { to: 'retry', delayMs: 0, error: 'busy' },
    ],
    [
      'being told to come back once too often',
      threw(new RetryAfter(7, 'busy')),
      { attempt: 3 },
      { to: 'dead', error: 'busy' },
    ],
    [
      'taking too long',
      abandoned(new AttemptTimedOut('slow')),
      {},
      { to: 'retry', delayMs: 1_500, error: 'slow' },
    ],
    [
      'a lost lease that the handler found',
      threw(new LeaseLost()),
      {},
      { to: 'nothing' },
    ],
    [
      'a lost lease that the heartbeat found',
      abandoned(new LeaseLost()),
      {},
      { to: 'nothing' },
    ],
    [
      'a failure while stopping, the last',
      threw(failure),
      { isStopping: true, attempt: 3 },
      { to: 'release' },
    ],
    [
      'not making way',
      abandoned(new ShuttingDown()),
      { isStopping: true },
      { to: 'release' },
    ],
  ])('decides on %s', (_, ending, circumstances, expected) => {
    expect(
      settlementOf(ending, {
        attempt: 2,
        maxAttempts: 3,
        backoff,
        random: 0.5,
        isStopping: false,
        ...circumstances,
      }),
    ).toEqual(expected);
  });
});

describe('backoffMs', () => {
  it('grows by its factor up to its cap, between the half and the whole', () => {
    const least = [1, 2, 3, 7, 60].map(attempt =>
      backoffMs(backoff, attempt, 0),
    );
    expect(least).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
    const most = [1, 2, 3, 7, 2_000].map(attempt =>
      backoffMs(backoff, attempt, 0.999999),
    );
    expect(most).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
  });
});
