// What each package promises to those who import it, as API Extractor writes it down: report.api.md for `.`, and one for each
// further entry. `yarn api-reports` writes them, `yarn api-reports:check` fails where one is stale or an export says too little.
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError, root, say } from '../toolchain.mjs';
import { buildPackages } from './buildPackages.mjs';
import { publishedPackages } from './publishedPackages.mjs';

const ENTRIES = [
  ['index', 'report'],
  ['alpha', 'report-alpha'],
];

const IN_REPORT = {
  logLevel: ExtractorLogLevel.Warning,
  addToApiReportFile: true,
};
const IS_FAULT = { logLevel: ExtractorLogLevel.Error };
const IS_FINE = { logLevel: ExtractorLogLevel.None };

const MESSAGES = {
  compilerMessageReporting: { default: IS_FAULT },
  extractorMessageReporting: {
    default: IN_REPORT,
    'ae-missing-release-tag': IS_FAULT,
    // Types that an export needs and that have no name outside: the report says so.
    'ae-forgotten-export': IN_REPORT,
    'ae-unresolved-link': IS_FAULT,
    'ae-wrong-input-file-type': IS_FINE,
  },
  tsdocMessageReporting: { default: IS_FINE },
};

function report({ folder, entry, name, check }) {
  const reportTempFolder = path.join(root, '.build', 'api-reports');
  mkdirSync(reportTempFolder, { recursive: true });
  const said = [];
  Extractor.invoke(
    ExtractorConfig.prepare({
      configObject: {
        mainEntryPointFilePath: path.join(folder, 'dist', `${entry}.d.ts`),
        projectFolder: folder,
        newlineKind: 'lf',
        compiler: { overrideTsconfig: tsconfigFor(folder) },
        apiReport: {
          enabled: true,
          reportFileName: name,
          reportFolder: folder,
          reportTempFolder,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: MESSAGES,
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: path.join(folder, 'package.json'),
    }),
    {
      localBuild: false,
      messageCallback: message => {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error)
          said.push(message.text);
      },
    },
  );
  const file = `${name}.api.md`;
  const [written, now] = [folder, reportTempFolder].map(where =>
    path.join(where, file),
  );
  if (!existsSync(written) || !saysTheSame(written, now)) {
    if (check) said.push(`${file} is stale: run \`yarn api-reports\``);
    else copyFileSync(now, written);
  }
  return said;
}

/** But for the order within an export: that in which TypeScript meets the members of a type is another one from compilation to compilation. */
function saysTheSame(...files) {
  const [one, other] = files.map(file =>
    readFileSync(file, 'utf8')
      .split(/\n{2,}/)
      .map(part =>
        part
          .split(/[\s|;,]+/)
          .sort()
          .join(' '),
      )
      .join('\n'),
  );
  return one === other;
}

/** The packages are read as whoever imports them reads them. */
function tsconfigFor(folder) {
  return {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      incremental: false,
      types: ['node', '@backstage/cli/asset-types'],
      rootDir: root,
    },
    include: [path.join(folder, 'dist', '*.d.ts')],
    files: [],
  };
}

export async function apiReports(env, args) {
  const { values } = parseArgs({
    args,
    options: { check: { type: 'boolean', default: false } },
  });
  const packages = publishedPackages();
  await buildPackages(packages, env);
  let faults = 0;
  for (const { name: packageName, folder } of packages) {
    for (const [entry, name] of ENTRIES) {
      if (!existsSync(path.join(folder, 'dist', `${entry}.d.ts`))) continue;
      for (const fault of report({
        folder,
        entry,
        name,
        check: values.check,
      })) {
        faults += 1;
        say(`${packageName}: ${fault}`);
      }
    }
  }
  if (faults > 0) throw new SetupError(`${faults} faults in the API reports`);
  say('the API reports are current');
}
