import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { Call } from '../harness/portal';
import { Engine } from './workload';

export const PAGE_SIZE = 20;

/** How one of the two systems is installed, filled and asked. */
export interface NotificationSystem {
  /** Names the database and picks the plugin in `host.ts`. */
  readonly name: 'herald' | 'upstream';
  /** The tables that a workload fills. */
  readonly tables: readonly string[];
  /** Fills the tables from those of `stageWorkload`. */
  load(db: Knex, engine: Engine): Promise<void>;

  firstPage(): Call;
  /** The first page, and how many there are in all. */
  firstPageWithTotal(): Call;
  search(term: string): Call;
  unreadCount(): Call;
  sendToGroup(groupRef: string, index: number): Call;
  sendToUser(userRef: string, index: number): Call;

  /** The titles of a page, in order. */
  titles(answer: string): string[];
  /** The number in the answer to `unreadCount`. */
  unread(answer: string): number;
}

/** What the process of a portal has to know. */
export type HostSettings = JsonObject & {
  system: 'herald' | 'upstream';
  config: JsonObject;
};
