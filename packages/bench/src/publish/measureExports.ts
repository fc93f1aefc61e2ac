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
  const floor: ExportRun = {
    calls: tree.lists,
    repeated: 0,
    refused: 0,
    ms: floorMs(tree.lists, tree.depth, conditions),
    texts: [],
  };
  return [{ name: 'the floor', run: floor }, ...theirs].flatMap(other =>
    rowsBeside(contest, ours, other),
  );
}

function rowsBeside(
  { label, conditions }: Contest,
  ours: ExportRun,
  other: { name: string; run: ExportRun },
): Row[] {
  const beside = `${describe(conditions)}, beside ${other.name}`;
  const note = `${refusals('Herald', ours)}; ${refusals(
    other.name,
    other.run,
  )}`;
  return [
    row({
      name: `calls of a cold export, ${beside}`,
      size: label,
      unit: 'calls',
      herald: valuesOf([ours.calls]),
      upstream: valuesOf([other.run.calls]),
      note,
    }),
    row({
      name: `calls that repeat one, ${beside}`,
      size: label,
      unit: 'calls',
      herald: valuesOf([ours.repeated]),
      upstream: valuesOf([other.run.repeated]),
    }),
    row({
      name: `time of a cold export, ${beside}`,
      size: label,
      unit: 's',
      herald: valuesOf([ours.ms / 1000]),
      upstream: valuesOf([other.run.ms / 1000]),
    }),
  ];
}

function refusals(name: string, { refused }: ExportRun): string {
  return `the limit refused ${refused} calls of ${name}, which are not counted`;
}

export function describe(conditions: Conditions): string {
  return conditions.limit === 'rate'
    ? `${conditions.perSecond} a second`
    : `${conditions.calls} in ${conditions.windowMs / 1000} s`;
}

export function sizeOf({ pages, parentBlocks }: ManualTree): string {
  return `${pages} pages, ${parentBlocks} parents`;
}
