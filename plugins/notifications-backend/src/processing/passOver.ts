import { LoggerService } from '@backstage/backend-plugin-api';
import { WorkQueue } from '@herald/work-queue';
import { DispatchStore, ProcessingWork, stepKind } from './Dispatch';
import { ProcessorRegistry } from './ProcessorRegistry';
import { reportOrphans } from './startProcessing';
import { nextSteps } from './steps';

const STEPS_PER_BATCH = 500;

/**
 * Hands on what waits for a processor that is not installed to look at it: the next one that looks gets it, or all that are to. What
 * that processor was to send itself waits on.
 *
 * @param options - `waitedMs`: how old work has to be, so that another replica that has this processor may come first
 */
export async function passOverMissing(options: {
  store: Pick<DispatchStore, 'replaceLooks'>;
  registry: ProcessorRegistry;
  logger: LoggerService;
  waitedMs: number;
}): Promise<void> {
  const { store, registry, logger, waitedMs } = options;
  // As with all work: a replica that has none yet leaves it to those that do.
  if (registry.processors.length === 0) {
    return;
  }
  const selection = {
    exceptKinds: registry.processors.map(({ key }) => stepKind(key)),
    waitedMs,
    limit: STEPS_PER_BATCH,
  };
  let inAll = 0;
  let replaced: number;
  do {
    replaced = await store.replaceLooks(selection, step =>
      nextSteps(registry, step),
    );
    inAll += replaced;
  } while (replaced === STEPS_PER_BATCH);
  if (inAll > 0) {
    logger.warn(
      `${inAll} notifications go on without processors that are not installed any more, and should have looked at them before`,
    );
  }
}

/** At the start: does at once for what is not installed any more what is otherwise done now and then. A failure is no reason not to start. */
export async function tendMissing(options: {
  work: Pick<WorkQueue<ProcessingWork>, 'counts'>;
  store: Pick<DispatchStore, 'replaceLooks'>;
  registry: ProcessorRegistry;
  logger: LoggerService;
}): Promise<void> {
  try {
    await passOverMissing({ ...options, waitedMs: 0 });
    await reportOrphans(options);
  } catch (error) {
    options.logger.warn(
      `What waits for processors that are not installed could not be tended: ${error}`,
    );
  }
}
