const REMEMBERED = 1_000;

/**
 * Which events of the stream a tab has been told. They come from the leader, or from its own connection; when the lead changes hands,
 * an event may come from both, or in between from neither.
 */
export class EventTrail {
  readonly #keys = new Set<string>();
  readonly #ids = new Set<string>();
  #position: string | undefined;

  /** The id from which a stream of its own would go on. */
  get position() {
    return this.#position;
  }

  /** Takes over where somebody else stands, without having been told what led there. */
  moveTo(id: string | undefined) {
    this.#position = id ?? this.#position;
    if (id !== undefined) {
      remember(this.#ids, id);
    }
  }

  /** Whether there was anything before that id that this tab has not been told. */
  hasMissed(id: string | undefined): boolean {
    return (
      this.#position !== undefined && id !== undefined && !this.#ids.has(id)
    );
  }

  /**
   * @param key - tells the event from others of the same id
   * @returns whether it is new here
   */
  add(id: string, key: string): boolean {
    const known = `${id} ${key}`;
    if (this.#keys.has(known)) {
      return false;
    }
    remember(this.#keys, known);
    this.moveTo(id);
    return true;
  }

  forget() {
    this.#keys.clear();
    this.#ids.clear();
    this.#position = undefined;
  }
}

function remember(set: Set<string>, value: string) {
  set.add(value);
  const [oldest] = set;
  if (set.size > REMEMBERED) {
    set.delete(oldest);
  }
}
