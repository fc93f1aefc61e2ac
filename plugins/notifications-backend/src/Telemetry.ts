import { metrics } from '@opentelemetry/api';

/**
 * What the plugin tells OpenTelemetry; nothing where the host has no SDK. Each replica tells of itself.
 */
export class Telemetry {
  readonly #sent;
  readonly #failed;
  readonly #dropped;
  readonly #feedLag;
  readonly #streams;

  constructor() {
    const meter = metrics.getMeter('@herald/notifications');
    this.#sent = meter.createCounter('herald.notifications.sends', {
      description:
        'Messages that were accepted: stored, or scheduled for later',
    });
    this.#failed = meter.createCounter('herald.notifications.failures', {
      description: 'Requests that failed through no fault of their caller',
    });
    this.#dropped = meter.createCounter(
      'herald.notifications.streams.dropped',
      { description: 'Streams that were cut off: their reader took nothing' },
    );
    this.#feedLag = meter.createHistogram('herald.notifications.feed.lag', {
      description: 'From a change to its being handed to the streams',
      unit: 's',
    });
    this.#streams = meter.createObservableGauge(
      'herald.notifications.streams',
      { description: 'Streams that are open' },
    );
  }

  sent(outcome: 'stored' | 'scheduled'): void {
    this.#sent.add(1, { outcome });
  }

  failed(): void {
    this.#failed.add(1);
  }

  streamDropped(): void {
    this.#dropped.add(1);
  }

  /** @param at - when the change was made, by the clock of the replica that made it */
  handedOut(at: Date, now: Date): void {
    this.#feedLag.record(Math.max(0, now.getTime() - at.getTime()) / 1000);
  }

  /** @param count - asked at each scrape */
  observeStreams(count: () => number): void {
    this.#streams.addCallback(result => result.observe(count()));
  }
}
