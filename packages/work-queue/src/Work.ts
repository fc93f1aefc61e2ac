import { JsonValue } from '@backstage/types';
import { Knex } from 'knex';

/** A UUIDv7, given when the work is enqueued. @public */
export type WorkId = string & { readonly '': unique symbol };

/** What each kind of work carries, by kind. Name it with a type alias: interfaces have no index signature. @public */
export type PayloadsByKind = Record<string, JsonValue>;

export type KindOf<Payloads extends PayloadsByKind> = keyof Payloads & string;

/** Work to be enqueued. @public */
export type NewWork<Payloads extends PayloadsByKind = PayloadsByKind> = {
  [Kind in KindOf<Payloads>]: {
    /** Says which processor it is for; 1 to 64 characters. */
    kind: Kind;
    /** What the handler needs to know. Replicas of the version before may have to read it. */
    payload: Payloads[Kind];
    /** Not before this moment; at once unless told. */
    runAfter?: Date;
    /**
     * While work of this kind with this key is neither done nor dead, no more of it is enqueued; 1 to 255 characters. Work that is
     * being handled right now counts too, so leave it out where a handler may already have read what this work is about.
     */
    key?: string;
    /** How often it is tried; as its processor says unless told. */
    maxAttempts?: number;
  };
}[KindOf<Payloads>];

/** A row as claimed: this process has it until its lease ends. */
export type ClaimedWork = {
  id: WorkId;
  kind: string;
  key: string | undefined;
  payload: JsonValue;
  /** Which attempt this is, from 1. */
  attempt: number;
  maxAttempts: number | undefined;
  /** The fencing token: greater than that of any claim before. */
  token: number;
  runAfter: Date;
  createdAt: Date;
};

/** Work as its handler sees it. @public */
export type WorkItem<Payload extends JsonValue = JsonValue> = {
  readonly id: WorkId;
  readonly kind: string;
  readonly key: string | undefined;
  readonly payload: Payload;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  /** Whether a failure now is the last: the work is dead then. */
  readonly isLastAttempt: boolean;
  readonly createdAt: Date;
  /**
   * Marks the work as done in the handler's own transaction, so that its effect and its completion are committed together or not
   * at all. Return after the commit. When the transaction is rolled back, throw; otherwise it is tried again only once the lease has
   * run out.
   *
   * @throws LeaseLost where another has taken the work, or it was cancelled: roll back
   */
  completeIn(tx: Knex.Transaction): Promise<void>;
};

/** Work that has failed for good, and waits for somebody to look at it. @public */
export type DeadWork = {
  id: WorkId;
  kind: string;
  key: string | undefined;
  payload: JsonValue;
  /** How often it was tried. */
  attempts: number;
  /** What the last attempt failed with; at most 1,000 characters, no stack. */
  lastError: string | undefined;
  createdAt: Date;
  diedAt: Date;
};

/** Dead work by its ids, or all of a kind. @public */
export type DeadWorkSelection = { ids: readonly WorkId[] } | { kind: string };

/** How much work of a kind there is. @public */
export type WorkCounts = {
  /** Could be claimed now. */
  due: number;
  /** Its moment has not come: put off, or waiting for another attempt. */
  scheduled: number;
  /** Somebody is at it. */
  leased: number;
  dead: number;
  /** Finished, and kept for a while. */
  done: number;
  /** For how long the oldest due work has been due; milliseconds, 0 where nothing is due. */
  oldestDueMs: number;
};
