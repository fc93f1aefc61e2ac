import { mockServices } from '@backstage/backend-test-utils';
import { Telemetry } from '../Telemetry';
import { Feed, FeedEntry } from './Feed';
import { FeedTailer } from './FeedTailer';

describe('FeedTailer', () => {
  it('tells the others when one listener fails', async () => {
    let committed = 0;
    const feed: Feed = {
      head: async () => ({ epoch: 'e', seq: 0, trimmedSeq: 0 }),
      readAfter: async seq =>
        Array.from(
          { length: committed - seq },
          (_, i): FeedEntry => ({
            seq: seq + i + 1,
            at: new Date(0),
            kind: 'message',
            audience: { targets: [], exclusions: [] },
          }),
        ),
      trim: async () => 0,
    };
    const logger = mockServices.logger.mock();
    const tailer = new FeedTailer({
      feed,
      logger,
      pollMs: 60_000,
      telemetry: new Telemetry(),
    });
    const heard: number[] = [];
    const stops = [
      await tailer.listen(() => {
        throw new Error('broken');
      }),
    ];
    const both = new Promise<void>(resolve => {
      tailer
        .listen(({ seq }) => {
          heard.push(seq);
          if (heard.length === 2) resolve();
        })
        .then(stop => {
          stops.push(stop);
          committed = 2;
          tailer.look();
        });
    });
    await both;
    expect(heard).toEqual([1, 2]);
    expect(logger.error).toHaveBeenCalledTimes(2);
    stops.forEach(stop => stop());
  });
});
