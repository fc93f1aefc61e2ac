import { LoggerService } from '@backstage/backend-plugin-api';
import { WorkQueue } from '@herald/work-queue';
import { DispatchStore, ProcessingWork, stepKind } from './Dispatch';
import { Expander } from './Expander';
import { Members } from './Members';
import { ProcessorRegistry } from './ProcessorRegistry';
import { StepRunner } from './StepRunner';

export type ProcessingSettings = {
  /** How long one processor may take over one recipient; milliseconds. */
  timeoutMs: number;
  /** How often a step is tried before it is dead. */
  maxAttempts: number;
  /** How many recipients one processor is given at a time, in this process. */
  concurrency: number;
};

const EXPANSION = 'expand-dispatch';
/** The catalog may be away for hours; a message must not be lost over that. */
const EXPAND_ATTEMPTS = 60;
/** A page of recipients takes seconds, unless the catalog hangs. */
const EXPAND_TIMEOUT_MS = 5 * 60_000;
/** Those who send are not disturbed after each message: what they send meanwhile is expanded with it. */
const EXPAND_GATHER_MS = 100;
const EXPANSIONS_AT_A_TIME = 16;
/** What a step may take beside its processor's own time: reading what it is about, and writing down what follows. */
const STEP_MARGIN_MS = 60_000;

/** Has every registered processor's work done; also what an earlier process left behind. */
export function startProcessing(options: {
  work: Pick<WorkQueue<ProcessingWork>, 'process'>;
  registry: ProcessorRegistry;
  store: DispatchStore;
  members: Members;
  logger: LoggerService;
  settings: ProcessingSettings;
}): void {
  const { work, registry, store, logger, settings } = options;
  // A replica that has none yet, as while modules are being installed, leaves it all to those that do.
  if (registry.processors.length === 0) {
    return;
  }
  const expander = new Expander(options);
  work.process(EXPANSION, ({ item }) => expander.expand(item), {
    maxAttempts: EXPAND_ATTEMPTS,
    timeoutMs: EXPAND_TIMEOUT_MS,
    concurrency: EXPANSIONS_AT_A_TIME,
    gatherMs: EXPAND_GATHER_MS,
  });
  const { timeoutMs } = settings;
  const runner = new StepRunner({ registry, store, logger, timeoutMs });
  for (const registered of registry.processors) {
    work.process(
      stepKind(registered.key),
      ({ item }) => runner.run(registered, item),
      // The runner ends a processor's call itself, so that others can go on without it; the queue ends what else may hang.
      { ...settings, timeoutMs: timeoutMs + STEP_MARGIN_MS },
    );
  }
}

/** Names in the log what waits for processors that are not installed any more. It stays, in case they come back. */
export async function reportOrphans(options: {
  work: Pick<WorkQueue<ProcessingWork>, 'counts'>;
  registry: ProcessorRegistry;
  logger: LoggerService;
}): Promise<void> {
  const { work, registry, logger } = options;
  const installed = new Set<string>(
    registry.processors.map(({ key }) => stepKind(key)),
  );
  if (installed.size > 0) {
    installed.add(EXPANSION);
  }
  for (const [kind, counts] of await work.counts()) {
    const waiting = counts.due + counts.scheduled + counts.leased;
    const isOurs = kind === EXPANSION || kind.startsWith('process:');
    if (isOurs && !installed.has(kind) && waiting > 0) {
      const missing =
        kind === EXPANSION
          ? 'any processor, and none is'
          : `the processor ${kind.slice('process:'.length)}, which is not`;
      logger.warn(`${waiting} notifications wait for ${missing} installed`);
    }
  }
}
