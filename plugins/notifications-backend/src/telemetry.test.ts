import { openStream, testEngines } from '@herald/test-utils';
import {
  Attributes,
  MeterProvider,
  createNoopMeter,
  metrics,
} from '@opentelemetry/api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

/** Remembers what it is told. */
class RememberingMeterProvider implements MeterProvider {
  readonly told: string[] = [];
  readonly gauges = new Map<string, () => number>();

  getMeter() {
    const remember = (name: string) => ({
      add: (count: number, { outcome }: Attributes = {}) =>
        this.told.push([name, outcome, count].filter(Boolean).join(' ')),
      record: (seconds: number) =>
        this.told.push(`${name} ${seconds < 10 ? 'seconds' : 'too long'}`),
    });
    return Object.assign(Object.create(createNoopMeter()), {
      createCounter: remember,
      createHistogram: remember,
      createObservableGauge: (name: string) => ({
        addCallback: (
          callback: (result: { observe(value: number): void }) => void,
        ) =>
          this.gauges.set(name, () => {
            let seen = -1;
            callback({ observe: value => (seen = value) });
            return seen;
          }),
      }),
    });
  }
}

it('tells OpenTelemetry of sends, streams, the lag of the feed and failures', async () => {
  const provider = new RememberingMeterProvider();
  metrics.setGlobalMeterProvider(provider);
  try {
    const portal = await startNotifications(databases, 'SQLITE_3');
    const streams = () =>
      provider.gauges.get('herald.notifications.streams')?.();
    expect(streams()).toBe(0);
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
      { Authorization: mockCredentials.user.header(GUEST) },
    );
    await stream.until(({ event }) => event === 'ready');
    expect(streams()).toBe(1);
    await portal.send({ targetUsers: ['default/guest'] });
    await portal.send({ sendAt: '2126-01-01T00:00:00Z' });
    await stream.until(({ event }) => event === 'message');
    stream.close();
    await portal.knex.schema.dropTable('herald_read_floor');
    await portal.get('/notifications', GUEST).expect(500);

    expect(
      provider.told.filter(line => line.startsWith('herald.notifications')),
    ).toEqual([
      'herald.notifications.sends stored 1',
      'herald.notifications.feed.lag seconds',
      'herald.notifications.sends scheduled 1',
      'herald.notifications.failures 1',
    ]);
  } finally {
    metrics.disable();
  }
});
