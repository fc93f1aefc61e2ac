import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Another machine on the same disk, whose clock may be wrong; it renews its lock of a directory until it is stopped. */
export class OtherHost {
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly clockOffMs = 0,
  ) {}

  /** Whoever has it. */
  async take(): Promise<void> {
    await rm(this.#lock, { recursive: true, force: true });
    await mkdir(this.#lock, { recursive: true });
    await writeFile(
      path.join(this.directory, 'in-use.by'),
      JSON.stringify({ host: 'another.example.com', token: 'of another' }),
    );
    await this.#renew();
    this.#timer = setInterval(() => {
      this.#renewing = this.#renew();
    }, 1_000);
  }

  /** As if its machine lost its power. */
  async die(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
  }

  get #lock(): string {
    return path.join(this.directory, 'in-use.lock');
  }

  async #renew(): Promise<void> {
    const at = new Date(Date.now() + this.clockOffMs);
    await utimes(this.#lock, at, at);
  }
}
