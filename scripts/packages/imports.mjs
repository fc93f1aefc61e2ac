// Everything that the built files import is a dependency that whoever installs the package gets; and nothing else is one.
import { readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import ts from 'typescript';

const BUILT = /\.(cjs\.js|esm\.js|d\.ts)$|^migrations\//;

/** `@scope/name/below` and `name/below` are of the packages `@scope/name` and `name`. */
function packageOf(specifier) {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function importedBy(text) {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter(name => !/^[./]/.test(name) && !isBuiltin(name));
}

/** `express` has its types in `@types/express`; most have their own. */
function typesPackageOf(specifier, fromFile) {
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    fromFile,
    { moduleResolution: ts.ModuleResolutionKind.Bundler },
    ts.sys,
  );
  return resolvedModule?.packageId?.name;
}

const SOURCE = /\.tsx?$/;
const OF_TESTS = /\.test\.|__\w+__|setupTests/;

/** What the sources name; types leave no trace in what is built. */
function* namedInSources(folder) {
  const src = path.join(folder, 'src');
  for (const file of readdirSync(src, { recursive: true })) {
    if (SOURCE.test(file) && !OF_TESTS.test(file)) {
      yield* importedBy(readFileSync(path.join(src, file), 'utf8'));
    }
  }
}

/** `unpacked` is where the archive was unpacked, `folder` the package in the tree. Answers what is wrong, in words. */
export function faultsOfImports(manifest, files, { unpacked, folder }) {
  const declared = new Set(
    Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  );
  const faults = new Set();
  const used = new Set();
  for (const [file, text] of files) {
    if (!BUILT.test(file)) continue;
    for (const specifier of importedBy(text)) {
      const name = packageOf(specifier);
      used.add(name);
      if (name !== manifest.name && !declared.has(name)) {
        faults.add(`${file} imports ${name}, which is no dependency`);
      }
      if (file.endsWith('.d.ts')) {
        const types = typesPackageOf(specifier, path.join(unpacked, file));
        if (!types) {
          faults.add(
            `${file} imports ${specifier}, of which no types are found`,
          );
        } else if (types !== manifest.name) {
          used.add(types);
          if (!declared.has(types)) {
            faults.add(`${file} needs ${types}, which is no dependency`);
          }
        }
      }
    }
  }
  for (const name of namedInSources(folder)) used.add(packageOf(name));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (!used.has(name)) faults.add(`nothing imports the dependency ${name}`);
  }
  return [...faults];
}

/** Migrations and the like are found by the name of the package, also when it is bundled under another folder. */
export function faultsOfOwnPaths(manifest, files) {
  const faults = [];
  for (const [file, text] of files) {
    if (!file.endsWith('.js')) continue;
    for (const [, first] of text.matchAll(/resolvePackagePath\(\s*([^,)]*)/g)) {
      if (!/^["'`]/.test(first)) {
        faults.push(`${file} resolves a path of ${first}: name the package`);
      } else if (first.slice(1, -1) !== manifest.name) {
        faults.push(`${file} resolves a path of another package: ${first}`);
      }
    }
  }
  return faults;
}
