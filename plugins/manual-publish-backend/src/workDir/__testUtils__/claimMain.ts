import { claimWorkDir } from '../claimWorkDir';

// A process that has a directory for work, which a test can kill.

const silent = { info: () => {}, warn: () => {}, error: () => {} };

claimWorkDir(process.argv[2], {
  logger: silent,
  onLost: () => process.exit(1),
}).then(
  own => process.send?.({ claimed: own.path }),
  () => process.exit(1),
);
process.once('disconnect', () => process.exit(0));
