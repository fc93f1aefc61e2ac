import { isDeepStrictEqual } from 'node:util';
import { vacuum } from '../harness/postgres';
import { Load, inTurn } from '../harness/rounds';
import { Round, latencyOf } from '../harness/statistics';
import { Installation } from './installation';

/** Both systems over the same messages; Herald by itself where upstream is not measured. */
export type Sides = { herald: Installation; upstream?: Installation };
export type Pair = Required<Sides>;

type Measured = { herald: Round[]; upstream?: Round[] };

/** Lets them run in turn. */
export async function measureSides(
  { herald, upstream }: Sides,
  rounds: number,
  load: (installation: Installation) => Load,
): Promise<Measured> {
  return upstream
    ? inTurn({ herald: load(herald), upstream: load(upstream) }, rounds)
    : inTurn({ herald: load(herald) }, rounds);
}

export function latencies({ herald, upstream }: Measured) {
  return {
    herald: latencyOf(herald),
    upstream: upstream && latencyOf(upstream),
  };
}

export function each({ herald, upstream }: Sides): Installation[] {
  return upstream ? [herald, upstream] : [herald];
}

/** @throws Error where the two do not answer alike: then they do not do the same work, and times say nothing */
export async function checkAgreement(
  sides: Sides,
  what: string,
  answer: (installation: Installation) => Promise<unknown>,
): Promise<void> {
  if (!sides.upstream) {
    return;
  }
  const ours = await answer(sides.herald);
  const theirs = await answer(sides.upstream);
  if (!isDeepStrictEqual(ours, theirs)) {
    throw new Error(
      `${what}: Herald answers ${JSON.stringify(
        ours,
      )}, upstream ${JSON.stringify(theirs)}`,
    );
  }
}

/** Brings the tables of both into the state in which autovacuum leaves them. */
export async function tidy(sides: Sides): Promise<void> {
  for (const { system, withDatabase } of each(sides)) {
    await withDatabase(async db => {
      await (db.client.config.client === 'pg'
        ? vacuum(db, system.tables)
        : db.raw('ANALYZE'));
    });
  }
}
