#!/usr/bin/env node
// The repository's commands. Each sets up what is missing first; the work is in the files beside this one.
import { SetupError, ensureToolchain, say } from './toolchain.mjs';

const commands = {
  setup: async () => say('everything is set up'),
  start: async (...args) => (await import('./start.mjs')).start(...args),
  test: async (...args) => (await import('./test.mjs')).test(...args),
  exec: async (...args) => (await import('./exec.mjs')).exec(...args),
  'prove-bundle': async (...args) =>
    (await import('./prove-bundle.mjs')).proveBundle(...args),
  'prove-start': async (...args) =>
    (await import('./prove-start.mjs')).proveStart(...args),
  'prove-publish': async (...args) =>
    (await import('./prove-publish.mjs')).provePublish(...args),
  'prove-install': async (...args) =>
    (await import('./prove-install.mjs')).proveInstall(...args),
  'prove-dynamic': async (...args) =>
    (await import('./prove-dynamic.mjs')).proveDynamic(...args),
  'prove-docs-site': async (...args) =>
    (await import('./prove-docs-site.mjs')).proveDocsSite(...args),
  'dynamic-export': async (...args) =>
    (await import('./dynamic/command.mjs')).dynamicExport(...args),
  'api-reports': async (...args) =>
    (await import('./packages/apiReports.mjs')).apiReports(...args),
  'packages-pack': async (...args) =>
    (await import('./packages/packPackages.mjs')).packInto(...args),
  'packages-check': async (...args) =>
    (await import('./packages/checkPackages.mjs')).checkPackages(...args),
  showcase: async (...args) =>
    (await import('./showcase.mjs')).showcase(...args),
  'prove-showcase': async (...args) =>
    (await import('./prove-showcase.mjs')).proveShowcase(...args),
  bench: async (...args) => (await import('./measure.mjs')).bench(...args),
  screenshots: async (...args) =>
    (await import('./measure.mjs')).screenshots(...args),
};

const [name = '', ...args] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command) {
    throw new SetupError(
      `usage: node scripts/herald.mjs ${Object.keys(commands).join('|')}`,
    );
  }
  await command(ensureToolchain(), args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
