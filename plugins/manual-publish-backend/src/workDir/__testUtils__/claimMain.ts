import { claimWorkDir } from '../claimWorkDir';

// A process that has a directory for work, which a test can kill or stop.

const silent = { info: () => {}, warn: () => {}, error: () => {} };

claimWorkDir(process.argv[2], { logger: silent }).then(
  own => {
    own.lost.addEventListener('abort', () => process.send?.({ lost: true }));
    process.send?.({ claimed: own.path });
  },
  () => process.exit(1),
);
process.once('disconnect', () => process.exit(0));
