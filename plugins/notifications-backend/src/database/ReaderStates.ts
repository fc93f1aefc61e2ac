import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { Reader } from '../messages/MessageStore';
import { compactMarks } from './compactMarks';
import {
  FloorRules,
  ReaderState,
  StoredState,
  beginVisit,
  isLongAgo,
  readStored,
  refsWithoutFloor,
  toReaderState,
} from './readerState';

/** What was found, and the fingerprint that the reader's state had in that very statement, where it was one. */
export type Answer<T> = { value: T; asOf: string | undefined };

const READERS_REMEMBERED = 1_000;
const MARKS_WORTH_COMPACTING = 500;

/**
 * The states of readers: as they are stored, or as this process saw them last. A remembered one is never believed: the statement
 * that was made by it says whether it still held, whoever has changed it meanwhile, on whatever replica.
 */
export class ReaderStates {
  readonly #knex: Knex;
  readonly #rules: FloorRules;
  readonly #remembered = new LRUCache<string, StoredState>({
    max: READERS_REMEMBERED,
  });

  constructor(knex: Knex, rules: FloorRules) {
    this.#knex = knex;
    this.#rules = rules;
  }

  /** The state as it is stored; begins a visit where the last one is long ago, or a ref is new to the reader. */
  async read(reader: Reader): Promise<ReaderState> {
    const stored = await readStored(this.#knex, reader.userRef);
    const now = this.#rules.now().getTime();
    const added = refsWithoutFloor(stored, reader);
    const isNewVisit = isLongAgo(stored, now);
    if (added.length === 0 && !isNewVisit) {
      this.#remembered.set(reader.userRef, stored);
      return toReaderState(stored, reader, now);
    }
    const begun = await beginVisit(
      this.#knex,
      reader,
      stored,
      added,
      this.#rules,
    );
    const state = toReaderState(begun, reader, now);
    return isNewVisit
      ? this.#compacted(state, Math.min(...begun.floors.values()))
      : state;
  }

  /**
   * What a question answers by the reader's state. It is asked by the one that is remembered, and again by what is stored where its
   * answer says that the other was out of date.
   */
  async answer<T>(
    reader: Reader,
    ask: (state: ReaderState) => Promise<Answer<T>>,
  ): Promise<T> {
    const now = this.#rules.now().getTime();
    const remembered = this.#remembered.get(reader.userRef);
    if (
      remembered &&
      !isLongAgo(remembered, now) &&
      refsWithoutFloor(remembered, reader).length === 0
    ) {
      const { value, asOf } = await ask(toReaderState(remembered, reader, now));
      if (asOf === remembered.fingerprint) {
        return value;
      }
    }
    return (await ask(await this.read(reader))).value;
  }

  async #compacted(
    state: ReaderState,
    lowestFloor: number,
  ): Promise<ReaderState> {
    const floor = await compactMarks(
      this.#knex,
      state,
      this.#rules.marksWorthCompacting ?? MARKS_WORTH_COMPACTING,
      lowestFloor,
    );
    return {
      ...state,
      floors: state.floors.map(({ ref, floorSeq }) => ({
        ref,
        floorSeq: Math.max(floor, floorSeq),
      })),
    };
  }
}
