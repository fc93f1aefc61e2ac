import { describeMachine } from '../harness/machine';
import { connect } from '../harness/postgres';
import { Report, Row } from '../harness/report';
import { QUICK, THOROUGH } from './effort';
import { measureAtRate, measureInWindow } from './measureExports';
import { measureJobs } from './measureJobs';

type Part = () => Promise<Row[]>;

/** Exports and jobs of manuals, beside what others make of the same pages. */
export async function benchPublish(options: {
  quick: boolean;
}): Promise<Report> {
  const startedAt = new Date().toISOString();
  const admin = connect();
  const machine = await describeMachine(admin).finally(() => admin.destroy());
  const effort = options.quick ? QUICK : THOROUGH;
  const rows = await (options.quick ? atOnce : inTurn)([
    () => measureJobs(effort),
    () => measureAtRate(effort),
    () => measureInWindow(effort),
  ]);
  return {
    bench: 'publish',
    startedAt,
    machine,
    workload: {
      upstream: 'the peer, or the floor, that the row names',
      'a call of Notion takes': `${effort.rate.latencyMs} ms`,
      'at a rate': `${effort.rate.perSecond} calls a second, ${effort.rate.burst} saved up`,
      'in a window': `${effort.window.calls} calls in ${
        effort.window.windowMs / 1000
      } s, all at once if one likes`,
      'parent blocks': 'of 44, 9 are tables and 7 callouts with children',
      effort: JSON.stringify(effort),
    },
    rows,
  };
}

/** For figures: what is measured has the machine for itself. */
async function inTurn(parts: readonly Part[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of parts) rows.push(...(await part()));
  return rows;
}

/** For showing that it works: most of it waits. */
async function atOnce(parts: readonly Part[]): Promise<Row[]> {
  return (await Promise.all(parts.map(part => part()))).flat();
}
