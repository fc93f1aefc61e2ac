import { mockServices } from '@backstage/backend-test-utils';
import { WorkCounts } from '@herald/work-queue';
import { DispatchStore } from './Dispatch';
import { Members } from './Members';
import { ProcessorRegistry } from './ProcessorRegistry';
import { reportOrphans, startProcessing } from './startProcessing';

const one: WorkCounts = {
  due: 1,
  scheduled: 0,
  leased: 0,
  dead: 0,
  done: 0,
  oldestDueMs: 0,
};

function start(registry: ProcessorRegistry) {
  const work = { process: jest.fn() };
  startProcessing({
    work,
    registry,
    store: {} as DispatchStore,
    members: {} as Members,
    logger: mockServices.logger.mock(),
    settings: { timeoutMs: 1_000, maxAttempts: 1, concurrency: 1 },
  });
  return work.process.mock.calls.map(([kind]) => kind);
}

async function reported(registry: ProcessorRegistry) {
  const logger = mockServices.logger.mock();
  const counts = new Map([
    ['expand-dispatch', one],
    ['process:Mail', one],
    ['send-scheduled', one],
  ]);
  await reportOrphans({
    work: { counts: async () => counts },
    registry,
    logger,
  });
  return logger.warn.mock.calls.map(([text]) => text);
}

function withMail(): ProcessorRegistry {
  const registry = new ProcessorRegistry();
  registry.addProcessor({ getName: () => 'Mail' });
  return registry;
}

describe('a replica', () => {
  it('without processors leaves messages to those that have some, and names what waits', async () => {
    expect(start(new ProcessorRegistry())).toEqual([]);
    expect(await reported(new ProcessorRegistry())).toEqual([
      '1 notifications wait for any processor, and none is installed',
      '1 notifications wait for the processor Mail, which is not installed',
    ]);
  });

  it('with processors expands messages, and has nothing to name', async () => {
    expect(start(withMail())).toContain('expand-dispatch');
    expect(await reported(withMail())).toEqual([]);
  });
});
