// `npm test`: every test, on SQLite and PostgreSQL, then in the browser.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { INSTALL_CHROMIUM, findChromium } from './chromium.mjs';
import { startPostgres } from './postgres.mjs';
import { run, stopOnSignals } from './processes.mjs';
import { NOTHING, add, closingLine, tally } from './tally.mjs';
import { SetupError, root, say } from './toolchain.mjs';

const reports = path.join(root, '.build', 'test-reports');
const browserTests = path.join(root, 'packages', 'e2e', 'src');
// Jest's five seconds are too few for real databases on two busy cores.
const TEST_TIMEOUT_MS = 30_000;
const nothingMayBeMissing = Boolean(process.env.CI);

async function jest(name, command, args, env) {
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  const code = await run(
    command,
    [...args, '--watch=false', '--json', `--outputFile=${report}`],
    { env },
  );
  return tally(report, code);
}

async function postgresForTests() {
  try {
    return await startPostgres();
  } catch (error) {
    if (nothingMayBeMissing) throw new SetupError(error.message);
    say(`${error.message}\nThe tests run on SQLite alone.`);
    return undefined;
  }
}

async function packageTests(env, args) {
  const postgres = await postgresForTests();
  try {
    const command = [
      'repo',
      'test',
      // Reported where it is read, and not chased. First, as it would take the names of tests for reporters.
      ...(nothingMayBeMissing
        ? ['--coverage', '--coverageReporters=text-summary']
        : []),
      `--testTimeout=${TEST_TIMEOUT_MS}`,
    ];
    return await jest('packages', 'backstage-cli', [...command, ...args], {
      ...env,
      // TestDatabases takes a server it is handed, and otherwise would start one in Docker.
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      ...(postgres && {
        BACKSTAGE_TEST_DATABASE_POSTGRES17_CONNECTION_STRING:
          postgres.connectionString,
      }),
    });
  } finally {
    await postgres?.stop();
  }
}

async function browserSuites(env) {
  const chromium = findChromium();
  if (chromium) {
    say(`browser tests, in ${chromium}`);
    return await jest('browser', 'yarn', ['workspace', '@herald/e2e', 'e2e'], {
      ...env,
      HERALD_CHROMIUM: chromium,
    });
  }
  const suites = readdirSync(browserTests, { recursive: true }).filter(file =>
    file.endsWith('.test.ts'),
  );
  if (nothingMayBeMissing) {
    throw new SetupError(
      `the browser tests need Chromium: ${INSTALL_CHROMIUM}`,
    );
  }
  say(`Chromium was not found: ${INSTALL_CHROMIUM}`);
  for (const suite of suites) say(`did not run: packages/e2e/src/${suite}`);
  return { ...NOTHING, skipped: suites.length };
}

export async function test(env, args) {
  stopOnSignals(() => say('stopping'));
  mkdirSync(reports, { recursive: true });
  const paths = args.filter(arg => !arg.startsWith('-'));
  const browserOnly =
    paths.length > 0 && paths.every(each => each.startsWith('packages/e2e'));
  let counted = NOTHING;
  try {
    if (!browserOnly) counted = add(counted, await packageTests(env, args));
    if (args.length === 0 || browserOnly) {
      counted = add(counted, await browserSuites(env));
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    counted = add(counted, { ...NOTHING, failed: 1 });
  }
  process.stdout.write(`${closingLine(counted)}\n`);
  process.exitCode = counted.failed > 0 ? 1 : 0;
}
