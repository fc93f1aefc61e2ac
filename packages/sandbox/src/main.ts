/*
 * The stand-ins as a program, for `npm start`. It says `ready` on standard output when all of them answer, and ends when it is
 * told to. Settings come by environment: a port each, where repositories are kept, how long answers take.
 */
import { startSandbox } from './startSandbox';

function numberFrom(variable: string): number | undefined {
  const written = process.env[variable];
  if (!written) return undefined;
  const value = Number(written);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`${variable} must be a number, not "${written}"`);
  }
  return value;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    ports: {
      notion: numberFrom('HERALD_SANDBOX_NOTION_PORT'),
      openAi: numberFrom('HERALD_SANDBOX_OPENAI_PORT'),
      git: numberFrom('HERALD_SANDBOX_GIT_PORT'),
    },
    gitDirectory: process.env.HERALD_SANDBOX_GIT_DIR || undefined,
    latencyMs: numberFrom('HERALD_SANDBOX_LATENCY_MS'),
  });
  const stop = () => {
    sandbox.stop().then(
      () => process.exit(0),
      error => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { notion, openAi, git } = sandbox;
  process.stdout.write(
    `ready: Notion ${notion.url}, OpenAI ${openAi.url}, git ${
      git.repository().url
    }\n`,
  );
}

function fail(error: unknown): never {
  process.stderr.write(`the sandbox failed: ${error}\n`);
  process.exit(1);
}

main().catch(fail);
