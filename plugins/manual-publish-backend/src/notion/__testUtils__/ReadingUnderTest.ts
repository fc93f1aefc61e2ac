import { mockServices } from '@backstage/backend-test-utils';
import {
  ManualClock,
  NotionSandbox,
  NotionSandboxOptions,
  startNotionSandbox,
} from '@herald/sandbox';
import { Knex } from 'knex';
import { DatabaseSnapshots } from '../../database/DatabaseSnapshots';
import { ReadOptions } from '../../source/ManualSource';
import { BlockNode, PageTree } from '../../source/PageSnapshot';
import { NotionSource, NotionSourceOptions } from '../NotionSource';

const MINUTE = 60_000;

/** A Notion whose clock is moved by hand, and what reads it into a database. */
export class ReadingUnderTest {
  readonly logger = mockServices.logger.mock();
  readonly store: DatabaseSnapshots;
  source: NotionSource;

  static async start(
    knex: Knex,
    options: NotionSandboxOptions = {},
  ): Promise<ReadingUnderTest> {
    const clock = new ManualClock();
    const sandbox = await startNotionSandbox({ clock, ...options });
    return new ReadingUnderTest(knex, sandbox, clock);
  }

  private constructor(
    readonly knex: Knex,
    readonly sandbox: NotionSandbox,
    readonly clock: ManualClock,
  ) {
    this.store = new DatabaseSnapshots(knex);
    this.source = this.newSource();
    // What was written long ago is not dirty.
    this.pass(10 * MINUTE);
  }

  /** As after a restart of the process. */
  newSource(options: Partial<NotionSourceOptions> = {}): NotionSource {
    const { url, token } = this.sandbox;
    return new NotionSource({
      baseUrl: url,
      token,
      store: this.store,
      logger: this.logger,
      now: () => this.now(),
      ...options,
    });
  }

  /** Ends Notion, and forgets what was read of it. */
  async stop(): Promise<void> {
    await this.sandbox.stop();
    await this.knex('herald_page_snapshot').delete();
    await this.knex('herald_snapshot_part').delete();
  }

  now(): Date {
    return new Date(this.clock.now());
  }

  pass(ms: number): void {
    this.clock.advance(ms);
  }

  read(pageId: string, options: Partial<ReadOptions> = {}) {
    return this.source.readTree(pageId, {
      signal: new AbortController().signal,
      ...options,
    });
  }

  /** Successful calls that were made while something was done, as "METHOD path". */
  async callsDuring(action: () => Promise<unknown>): Promise<string[]> {
    const { log } = this.sandbox;
    log.clear();
    await action();
    return log.calls
      .filter(({ status }) => status === 200)
      .map(({ method, path }) => `${method} ${path}`);
  }
}

/** The text of some blocks, indented by depth: enough to see that all was read, and in order. */
export function textOf(nodes: readonly BlockNode[], indent = ''): string[] {
  return nodes.flatMap(({ block, children, problem }) => [
    `${indent}${describe(block)}${problem ? ` !${problem}` : ''}`,
    ...textOf(children, `${indent}  `),
  ]);
}

function describe(block: BlockNode['block']): string {
  switch (block.type) {
    case 'paragraph':
      return block.paragraph.rich_text.map(part => part.plain_text).join('');
    case 'child_page':
      return `[${block.child_page.title}]`;
    default:
      return block.type;
  }
}

/** Titles of a tree, indented by depth. */
export function titlesOf(
  { snapshot, children }: PageTree,
  indent = '',
): string[] {
  const { properties } = snapshot.page;
  const title = Object.values(properties).flatMap(property =>
    property.type === 'title'
      ? property.title.map(part => part.plain_text)
      : [],
  );
  return [
    `${indent}${title.join('')}`,
    ...children.flatMap(child => titlesOf(child, `${indent}  `)),
  ];
}
