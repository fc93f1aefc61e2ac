import { ManualsServer } from '../src/__testUtils__/ManualsServer';
import { aSidebar } from '../src/__testUtils__/examples';
import { exampleJobs } from './exampleJobs';
import { exampleManuals } from './exampleManuals';
import { playJob } from './playJob';

const PORT = 7099;

/** A backend for the pages alone: it plays publications, and forgets them when it ends. */
async function main() {
  const server = await ManualsServer.start(PORT);
  server.sidebar = aSidebar({ demo: true });
  server.manuals = exampleManuals;
  exampleJobs.forEach(job => server.addJob(job));
  server.readings = [
    {
      name: 'AMDP',
      read_at: null,
      error: 'API token is invalid.',
    },
  ];
  server.onPublish = job => {
    playJob(server, job).catch(error => {
      process.stderr.write(`${error}\n`);
    });
  };
  process.stdout.write(`Publications are played on port ${PORT}\n`);
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
