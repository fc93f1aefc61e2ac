import { setImmediate as settled } from 'node:timers/promises';
import { QueueClock } from '../CallQueue';

/** Time that passes as soon as nobody has anything left to do. */
export class VirtualClock implements QueueClock {
  #now = 0;
  #alarms: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, wake: () => void): () => void {
    const alarm = { at: this.#now + ms, wake };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter(each => each !== alarm);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve);
    });
  }

  /** Lets time pass until this is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    for (;;) {
      await settled();
      if (isDone) return work;
      const [next] = this.#alarms.sort((a, b) => a.at - b.at);
      if (!next) throw new Error('Everybody waits, and nobody wakes them');
      this.#alarms.shift();
      this.#now = next.at;
      next.wake();
    }
  }
}
