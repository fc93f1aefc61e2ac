import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { Call, Portal } from '../harness/portal';
import { Engine } from './workload';

export const PAGE_SIZE = 20;

/** What a user does not want to be told of: an origin, or one of its topics. */
export type Mute = { origin: string; topic?: string };

/** How one of the two systems is installed, filled and asked. */
export interface NotificationSystem {
  /** Names the database and picks the plugin in `host.ts`. */
  readonly name: 'herald' | 'upstream';
  /** The tables that a workload fills. */
  readonly tables: readonly string[];
  /** Fills the tables from those of `stageWorkload`. */
  load(db: Knex, engine: Engine): Promise<void>;
  /** Makes the reader's next request the first one of a visit, where that means something. */
  endVisit(db: Knex): Promise<void>;
  /** Notes what the reader has read, in a table beside; and brings that back, whatever they have read since. */
  noteReadState(db: Knex): Promise<void>;
  restoreReadState(db: Knex): Promise<void>;

  firstPage(): Call;
  /** The first page, and how many there are in all. */
  firstPageWithTotal(): Call;
  search(term: string): Call;
  /** Of the reader, where nobody else is named. */
  unreadCount(userRef?: string): Call;
  /** Replaces what the reader mutes; or takes these back. */
  mute(mutes: readonly Mute[], isMuted: boolean): Call;
  /** Marks one message of the reader's as read or unread. */
  mark(id: string, isRead: boolean): Call;
  markAllRead(portal: Portal): Promise<void>;
  sendToGroup(groupRef: string, index: number): Call;
  sendToUser(userRef: string, index: number): Call;
  sendToAll(index: number): Call;

  /** The titles of a page, in order. */
  titles(answer: string): string[];
  /** The ids of a page, in order. */
  ids(answer: string): string[];
  /** The number in the answer to `unreadCount`. */
  unread(answer: string): number;
}

/** What every message that the bench sends is called. */
export const sentTitle = (index: number) =>
  `Sent by the bench, number ${index}`;

/** What the process of a portal has to know. */
export type HostSettings = JsonObject & {
  /** `bare`: no plugin, but one route that keeps its responses open. */
  system: 'herald' | 'upstream' | 'bare';
  config: JsonObject;
  /** Registers a processor that does nothing but count what it is called for. */
  hasProcessor?: boolean;
  /** Runs in a real portal's backend, with all the middleware of its HTTP server, in place of the test backend. */
  hasRealServer?: boolean;
};
