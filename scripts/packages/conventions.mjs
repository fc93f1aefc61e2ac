// What the ecosystem's own judges say: publint, and Are The Types Wrong for Node (16) and for bundlers. Each rule that does not
// hold for packages of Backstage is named, with the reason.
import {
  Package,
  checkPackage,
  createPackageFromTarballData,
} from '@arethetypeswrong/core';
import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const FRONTENDS = ['frontend-plugin', 'web-library'];

const FOR_BUNDLERS =
  'Backstage ships frontends as modules named .esm.js without "type": "module": only bundlers read them, and a strict type would take the interop of their CommonJS dependencies away';
const TWO_FORMS =
  'Backstage ships common libraries with main for Node and module for bundlers; as exports the .esm.js would reach Node, which takes it for CommonJS';

const FEATURE_OF_BACKENDS =
  'a backend is added by `backend.add(import(…))`, which takes a default export from either kind of module';
const READ_BY_BACKSTAGE =
  'the condition `backstage` names what the entry exports; no resolver asks for it';

const NO_TYPE =
  'with "type": "commonjs" bundlers would take the .esm.js for what Node takes them; Backstage leaves the field out';

/** By code; where there are roles, or a test of the message, it is ignored for those only. */
const IGNORED_BY_PUBLINT = {
  USE_TYPE: { why: NO_TYPE },
  FILE_INVALID_FORMAT: {
    roles: [...FRONTENDS, 'common-library'],
    why: `${FOR_BUNDLERS}; ${TWO_FORMS}`,
  },
  HAS_ESM_MAIN_BUT_NO_EXPORTS: { roles: ['web-library'], why: FOR_BUNDLERS },
  HAS_MODULE_BUT_NO_EXPORTS: {
    roles: ['common-library', 'web-library'],
    why: TWO_FORMS,
  },
  EXPORTS_VALUE_INVALID: {
    roles: ['frontend-plugin'],
    only: ({ path }) => path.at(-1) === 'backstage',
    why: READ_BY_BACKSTAGE,
  },
  CJS_WITH_ESMODULE_DEFAULT_EXPORT: {
    roles: ['backend-plugin', 'backend-plugin-module'],
    why: FEATURE_OF_BACKENDS,
  },
};

const IGNORED_BY_ATTW = {
  UnexpectedModuleSyntax: { roles: FRONTENDS, why: FOR_BUNDLERS },
  CJSOnlyExportsDefault: {
    roles: ['backend-plugin', 'backend-plugin-module'],
    why: FEATURE_OF_BACKENDS,
  },
};

/** Node 10's resolution is not among those: no version of Backstage that is supported is compiled with it. */
const RESOLUTIONS = ['node16-cjs', 'node16-esm', 'bundler'];

const isIgnored = (rule, role, said) =>
  rule !== undefined &&
  (!rule.roles || rule.roles.includes(role)) &&
  (!rule.only || rule.only(said));

async function faultsOfPublint({ file, role }) {
  const { buffer } = new Uint8Array(readFileSync(file));
  const { messages, pkg } = await publint({
    pack: { tarball: buffer },
    level: 'suggestion',
    strict: true,
  });
  return messages
    .filter(said => !isIgnored(IGNORED_BY_PUBLINT[said.code], role, said))
    .map(
      message =>
        `publint: ${message.code}: ${formatMessage(message, pkg, {
          color: false,
        })}`,
    );
}

/** The archive with all others beside it: what one exports from another is looked up there. */
function amongOthers(own, others) {
  const files = {};
  for (const each of [...others, own]) {
    for (const name of each.listFiles()) files[name] = each.readFile(name);
  }
  return new Package(files, own.packageName, own.packageVersion);
}

const packageIn = file =>
  createPackageFromTarballData(new Uint8Array(readFileSync(file)));

async function faultsOfTypes({ file, role }, packed) {
  const others = packed.map(each => packageIn(each.file));
  const analysis = await checkPackage(amongOthers(packageIn(file), others));
  if (!analysis.types) return ['the archive has no types'];
  return analysis.problems
    .filter(({ resolutionKind }) => isAsked(resolutionKind))
    .filter(said => !isIgnored(IGNORED_BY_ATTW[said.kind], role, said))
    .map(
      ({ kind, entrypoint = '', resolutionKind = '' }) =>
        `types: ${kind} ${entrypoint} ${resolutionKind}`,
    );
}

/** What is wrong with a file whoever asks for it has no resolution. */
function isAsked(resolution) {
  return resolution === undefined || RESOLUTIONS.includes(resolution);
}

/** `packed` are all archives, this one among them. Answers what is wrong with it, in words. */
export async function faultsOfConventions(archive, packed) {
  return [
    ...(await faultsOfPublint(archive)),
    ...(await faultsOfTypes(archive, packed)),
  ];
}
