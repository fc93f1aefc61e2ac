import { LoggerService } from '@backstage/backend-plugin-api';
import { OwnDirectory } from './OwnDirectory';

/** A directory with what works in it. */
export type Furnished<Tools> = {
  readonly own: OwnDirectory;
  readonly tools: Tools;
};

type Options<Tools> = {
  claim: () => Promise<OwnDirectory>;
  furnish: (own: OwnDirectory) => Tools;
  /** Ends what a directory was furnished with, when it is lost or given back. */
  clear: (tools: Tools) => Promise<void>;
  logger: Pick<LoggerService, 'warn'>;
};

/**
 * Where this process works: a directory of its own, and another one once that is lost. What was at work in the lost one is told by
 * `own.lost`, and has to begin again here.
 */
export class WorkPlace<Tools> {
  readonly #options: Options<Tools>;
  #current: Promise<Furnished<Tools>>;
  #isClosed = false;

  static async open<Tools>(options: Options<Tools>): Promise<WorkPlace<Tools>> {
    const place = new WorkPlace(options);
    await place.#current;
    return place;
  }

  private constructor(options: Options<Tools>) {
    this.#options = options;
    this.#current = this.#move();
  }

  /** The directory as it is now; where it was lost, the next one, as soon as there is one. */
  async current(): Promise<Furnished<Tools>> {
    const asked = this.#current;
    try {
      return await asked;
    } catch (error) {
      if (this.#isClosed) throw error;
      // What failed then may do now; who asks together tries together.
      if (this.#current === asked) this.#current = this.#move();
      return this.#current;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // Where there was none, there is nothing to give back.
    const current = await this.#current.catch(() => undefined);
    if (!current) return;
    await this.#options.clear(current.tools);
    await current.own.release();
  }

  async #move(): Promise<Furnished<Tools>> {
    const own = await this.#options.claim();
    const tools = this.#options.furnish(own);
    const onLost = () => {
      if (this.#isClosed) return;
      this.#current = this.#leave(tools).then(() => this.#move());
      this.#current.catch(error =>
        this.#options.logger.warn(
          `There is no directory to publish in: ${error}`,
        ),
      );
    };
    if (own.lost.aborted) onLost();
    else own.lost.addEventListener('abort', onLost, { once: true });
    return { own, tools };
  }

  async #leave(tools: Tools): Promise<void> {
    await this.#options.clear(tools).catch(error => {
      this.#options.logger.warn(
        `What worked in a lost directory did not end: ${error}`,
      );
    });
  }
}
