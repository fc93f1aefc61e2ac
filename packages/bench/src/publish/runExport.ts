import {
  PageDraft,
  RateLimit,
  averageRate,
  startNotionSandbox,
  windowBudget,
} from '@herald/sandbox';
import { Exporter } from './Exporter';
import { Conditions } from './floor';

export type ExportRun = {
  /** Calls that were answered. */
  calls: number;
  /** Of those, how many asked what had been answered before. */
  repeated: number;
  /** Calls that the limit refused. */
  refused: number;
  /** From when it began to read to the end of the last call. */
  ms: number;
  texts: readonly string[];
};

/** Long ago, as most of what is in a Notion. */
export const WRITTEN_AT = new Date('2025-01-15T09:00:00Z');

/** Has a tree exported once, from a Notion of its own. */
export async function runExport(
  exporter: Exporter,
  tree: { root: PageDraft; rootId: string },
  conditions: Conditions,
): Promise<ExportRun> {
  const { latencyMs } = conditions;
  const notion = await startNotionSandbox({
    pages: [tree.root],
    pagesWrittenAt: WRITTEN_AT,
    latencyMs,
    limits: [limitOf(conditions)],
  });
  try {
    const { texts, readingSince } = await exporter.export(notion, tree.rootId);
    const { calls } = notion.log;
    const refused = calls.filter(({ status }) => status === 429).length;
    const failed = calls.filter(({ status = 200 }) => status !== 200).length;
    if (failed > refused) {
      throw new Error(`${exporter.name} made calls that make no sense`);
    }
    const times = calls.map(({ at }) => at.getTime());
    const since = readingSince?.getTime() ?? Math.min(...times);
    return {
      calls: calls.length - refused,
      repeated: [...notion.log.repeated().values()].reduce(
        (sum, count) => sum + count - 1,
        0,
      ),
      refused,
      ms: Math.max(...times) - since + latencyMs,
      texts,
    };
  } finally {
    await notion.stop();
  }
}

function limitOf(conditions: Conditions): RateLimit {
  return conditions.limit === 'rate'
    ? averageRate(conditions)
    : windowBudget(conditions);
}
