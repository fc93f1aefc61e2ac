// `yarn dynamic:export --out DIR`: makes the archives. `--check` only looks at those that are there.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stopOnSignals } from '../processes.mjs';
import { SetupError, say } from '../toolchain.mjs';
import { SAMPLE, exportArchives } from './exportArchives.mjs';
import {
  INTEGRITY_FILE,
  faultsOfIntegrity,
  readIntegrityFile,
} from './integrityFile.mjs';

const USAGE = `usage: yarn dynamic:export --out DIR [--only PLUGIN]… [--url URL] [--check]

  --out DIR       where the archives, ${INTEGRITY_FILE} and ${SAMPLE} go
  --only PLUGIN   a plugin, by its name, folder or id; all of them unless told
  --url URL       where the archives for Red Hat Developer Hub will be served
  --check         makes nothing: looks whether the archives in DIR are those that ${INTEGRITY_FILE} names`;

const EXAMPLE_URL = 'https://plugins.example.com/herald/';

function optionsFrom(args) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        out: { type: 'string' },
        only: { type: 'string', multiple: true },
        url: { type: 'string', default: EXAMPLE_URL },
        check: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new SetupError(`${error.message}\n${USAGE}`);
  }
  if (!values.out) throw new SetupError(USAGE);
  if (!/^https?:\/\/\S+$/.test(values.url)) {
    throw new SetupError(
      `--url must begin with http:// or https://, not "${values.url}"`,
    );
  }
  return values;
}

const megabytes = bytes => `${(bytes / 1e6).toFixed(2)} MB`;

export function tableOf(archives) {
  const rows = [
    ['archive', 'size', 'made in'],
    ...archives.map(({ path: file, bytes, seconds }) => [
      file,
      megabytes(bytes),
      seconds === undefined ? 'made before' : `${seconds.toFixed(1)} s`,
    ]),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(([file, ...figures]) =>
      [
        file.padEnd(widths[0]),
        ...figures.map((figure, index) => figure.padStart(widths[index + 1])),
      ].join('  '),
    )
    .join('\n');
}

async function check(out) {
  const faults = await faultsOfIntegrity(out);
  if (faults.length > 0) throw new SetupError(faults.join('\n'));
  say(
    `all ${
      readIntegrityFile(out).size
    } archives are those of ${INTEGRITY_FILE}`,
  );
}

/** `--out` is relative to the folder in which the command was typed. */
export async function dynamicExport(env, args) {
  const values = optionsFrom(args);
  const out = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.out);
  if (values.check) {
    await check(out);
    return;
  }
  stopOnSignals(() => say('stopping'));
  const started = Date.now();
  const { only, url } = values;
  const archives = await exportArchives({ out, only, url, env });
  process.stdout.write(`${tableOf(archives)}\n`);
  say(
    `${
      archives.length
    } archives, ${INTEGRITY_FILE} and ${SAMPLE} are in ${out}, after ${(
      (Date.now() - started) /
      1000
    ).toFixed(1)} s`,
  );
}
