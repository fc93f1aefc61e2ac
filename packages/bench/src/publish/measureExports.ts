import { timed } from '../harness/progress';
import { Row, row } from '../harness/report';
import { valuesOf } from '../harness/statistics';
import { docuNotion } from './docuNotion';
import { Effort } from './effort';
import { Exporter } from './Exporter';
import { Conditions, floorMs } from './floor';
import { herald } from './herald';
import { notionToMd } from './notionToMd';
import { ExportRun, runExport } from './runExport';
import { ManualTree, outlineTree, writtenTree } from './trees';
import { zmpPattern } from './zmpPattern';

/** Calls and time of a cold export at an average rate. */
export async function measureAtRate({
  tree: size,
  rate,
  fixedPerSecond,
}: Effort): Promise<Row[]> {
  const written = writtenTree(size);
  const outline = outlineTree(size);
  return [
    ...(await measureTree({
      tree: written,
      label: sizeOf(written),
      conditions: rate,
      peers: [zmpPattern(fixedPerSecond), notionToMd],
    })),
    ...(await measureTree({
      tree: outline,
      label: `${sizeOf(outline)}, easier tree`,
      conditions: rate,
      peers: [docuNotion],
    })),
  ];
}

/** Calls and time of a cold export where calls may be made at once, and only so many in a window of time. */
export async function measureInWindow({
  window,
  windowTrees,
  fixedPerSecond,
}: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { label, size } of windowTrees) {
    const tree = writtenTree(size);
    rows.push(
      ...(await measureTree({
        tree,
        label: `${sizeOf(tree)}, ${label}`,
        conditions: window,
        peers: [zmpPattern(fixedPerSecond), notionToMd],
      })),
    );
  }
  return rows;
}

type Contest = {
  tree: ManualTree;
  label: string;
  conditions: Conditions;
  peers: readonly Exporter[];
};

/** Herald by itself, then all peers at a time: each has a Notion of its own, and waits for it most of the time. */
async function measureTree(contest: Contest): Promise<Row[]> {
  const { tree, label, conditions, peers } = contest;
  const run = (exporter: Exporter) =>
    timed(`${exporter.name}: ${label}, ${describe(conditions)}`, () =>
      runExport(exporter, tree, conditions),
    );
  const ours = await run(herald);
  const theirs = await Promise.all(
    peers.map(async peer => ({ name: peer.name, run: await run(peer) })),
  );
  const floorRows = [
    countRow(contest, 'the floor', ours.calls, tree.lists),
    timeRow(
      contest,
      'the floor',
      ours.ms,
      floorMs(tree.lists, tree.depth, conditions),
    ),
  ];
  return [
    ...floorRows,
    ...theirs.flatMap(other => peerRows(contest, ours, other)),
  ];
}

function peerRows(
  contest: Contest,
  ours: ExportRun,
  { name, run }: { name: string; run: ExportRun },
): Row[] {
  return [
    {
      ...countRow(contest, name, ours.calls, run.calls),
      note: `refused by the limit, and not counted: ${ours.refused} of Herald, ${run.refused} of ${name}`,
    },
    row({
      name: `calls that repeat one, ${beside(contest, name)}`,
      size: contest.label,
      unit: 'calls',
      herald: valuesOf([ours.repeated]),
      upstream: valuesOf([run.repeated]),
    }),
    timeRow(contest, name, ours.ms, run.ms),
  ];
}

function countRow(
  contest: Contest,
  name: string,
  ours: number,
  theirs: number,
): Row {
  return row({
    name: `calls of a cold export, ${beside(contest, name)}`,
    size: contest.label,
    unit: 'calls',
    herald: valuesOf([ours]),
    upstream: valuesOf([theirs]),
  });
}

function timeRow(
  contest: Contest,
  name: string,
  oursMs: number,
  theirsMs: number,
): Row {
  return row({
    name: `time of a cold export, ${beside(contest, name)}`,
    size: contest.label,
    unit: 's',
    herald: valuesOf([oursMs / 1000]),
    upstream: valuesOf([theirsMs / 1000]),
  });
}

function beside({ conditions }: Contest, name: string): string {
  return `${describe(conditions)}, beside ${name}`;
}

function describe(conditions: Conditions): string {
  return conditions.limit === 'rate'
    ? `${conditions.perSecond} a second`
    : `${conditions.calls} in ${conditions.windowMs / 1000} s`;
}

export function sizeOf({ pages, parentBlocks }: ManualTree): string {
  return `${pages} pages, ${parentBlocks} parents`;
}
