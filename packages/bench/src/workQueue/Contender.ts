/** Something that keeps work in a table and has it done. */
export type Contender = {
  /** Adds so many items, in one transaction. */
  enqueue(items: number): Promise<void>;
  /** Has all of them done. @returns how many were */
  drain(): Promise<number>;
  /** How many rows are in its table. */
  left(): Promise<number>;
  /** Removes its table. */
  close(): Promise<void>;
};

export const PAYLOAD = {
  message: 'a message that somebody is to be told of',
  endpoint: 'an endpoint by its id',
  n: 12_345,
};
