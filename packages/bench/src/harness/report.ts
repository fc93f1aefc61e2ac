import { Measurement } from './statistics';

export type Machine = {
  cores: number;
  processor: string;
  memoryGiB: number;
  node: string;
  postgres: string;
  /** The settings of PostgreSQL that matter to speed; the same for both sides. */
  postgresSettings: Record<string, string>;
};

export type Row = {
  name: string;
  /** Messages in the database, as a rule. */
  size: string;
  unit:
    | 'ms'
    | 's'
    | 'per second'
    | 'times'
    | 'queries'
    | 'KiB'
    | 'calls'
    | 'segments'
    | 'commits'
    | 'files';
  herald?: Measurement;
  upstream?: Measurement;
  /** Herald's median by upstream's. Of a time, less is better; of a rate, more is. */
  ratio?: number;
  note?: string;
};

export type Report = {
  bench: string;
  startedAt: string;
  machine: Machine;
  workload: Record<string, unknown>;
  rows: Row[];
};

/** A row with its ratio, where both sides were measured. */
export function row(fields: Omit<Row, 'ratio'>): Row {
  const { herald, upstream } = fields;
  return herald && upstream
    ? { ...fields, ratio: herald.median / upstream.median }
    : fields;
}

/** Three digits that matter: 0.0123, 1.23, 12.3, 123, 12345. */
export function formatNumber(value: number): string {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(4, Math.max(0, 2 - magnitude)));
}

export function renderReport(report: Report): string {
  const { machine } = report;
  const settings = Object.entries(machine.postgresSettings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  return [
    `${report.bench}, ${report.startedAt}`,
    `${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, Node ${machine.node}, PostgreSQL ${machine.postgres} (${settings})`,
    '',
    ...Object.entries(report.workload).map(
      ([name, value]) =>
        `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ),
    '',
    ...renderTable(report.rows),
    '',
  ].join('\n');
}

const HEADINGS = [
  'work',
  'size',
  'unit',
  'Herald',
  'p99',
  'upstream',
  'p99',
  'Herald / upstream',
];
const TEXT_COLUMNS = 3;

export function renderTable(rows: readonly Row[]): string[] {
  const number = (value: number | undefined) =>
    value === undefined ? '' : formatNumber(value);
  const lines = [
    HEADINGS,
    ...rows.map(({ name, size, unit, herald, upstream, ratio }) => [
      name,
      size,
      unit,
      number(herald?.median),
      number(herald?.p99),
      number(upstream?.median),
      number(upstream?.p99),
      number(ratio),
    ]),
  ];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map(cells => (cells[column] ?? '').length)),
  );
  const render = (cells: string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column < TEXT_COLUMNS
          ? cell.padEnd(width)
          : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const notes = new Set(
    rows.flatMap(({ name, note }) =>
      note === undefined ? [] : [`${name}: ${note}`],
    ),
  );
  return [
    render(HEADINGS),
    widths.map(width => '-'.repeat(width)).join('  '),
    ...lines.slice(1).map(render),
    ...(notes.size > 0 ? ['', ...notes] : []),
  ];
}
