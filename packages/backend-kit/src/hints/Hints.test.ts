import { mockServices } from '@backstage/backend-test-utils';
import { EventsService } from '@backstage/plugin-events-node';
import { Hints } from './Hints';

const TOPIC = 'herald.tests.things';

async function listen(
  events: EventsService,
  topic: string,
  logger = mockServices.logger.mock(),
) {
  const hints = new Hints({ events, logger, topic });
  let looks = 0;
  const waiting = new Set<() => void>();
  await hints.subscribe(() => {
    looks += 1;
    waiting.forEach(check => check());
  });
  return {
    hints,
    looks: () => looks,
    until: (count: number) =>
      new Promise<void>(resolve => {
        const check = () => looks >= count && resolve();
        waiting.add(check);
        check();
      }),
  };
}

/** The host's events, held back until they are let go. */
class SlowEvents implements EventsService {
  readonly published: string[] = [];
  #letGo: ((error?: Error) => void)[] = [];

  async publish({ topic }: { topic: string }): Promise<void> {
    this.published.push(topic);
    await new Promise<void>((resolve, reject) =>
      this.#letGo.push(error => (error ? reject(error) : resolve())),
    );
  }

  async subscribe(): Promise<void> {}

  async letGo(error?: Error): Promise<void> {
    this.#letGo.splice(0).forEach(settle => settle(error));
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('a hint', () => {
  it('is heard by every replica, and on its topic only', async () => {
    const events = mockServices.events();
    const [one, other, elsewhere] = await Promise.all([
      listen(events, TOPIC),
      listen(events, TOPIC),
      listen(events, 'herald.tests.others'),
    ]);
    one.hints.give();
    await Promise.all([one.until(1), other.until(1)]);
    expect(elsewhere.looks()).toBe(0);
  });

  it('becomes one with those that come while it is under way', async () => {
    const events = new SlowEvents();
    const { hints, looks } = await listen(events, TOPIC);
    for (let count = 0; count < 5; count++) {
      hints.give();
    }
    expect(looks()).toBe(5);
    expect(events.published).toEqual([TOPIC]);
    await events.letGo();
    expect(events.published).toEqual([TOPIC, TOPIC]);
    await events.letGo();
    expect(events.published).toHaveLength(2);
  });

  it('that cannot be published is logged, and the next one goes out', async () => {
    const events = new SlowEvents();
    const logger = mockServices.logger.mock();
    const { hints } = await listen(events, TOPIC, logger);
    hints.give();
    await events.letGo(new Error('no bus'));
    expect(logger.debug).toHaveBeenCalledWith(
      expect.stringContaining('no bus'),
    );
    hints.give();
    expect(events.published).toHaveLength(2);
  });
});
