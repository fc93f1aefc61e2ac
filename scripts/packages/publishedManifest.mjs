// The last step of `prepack`, after Backstage's: what is left in package.json is for those who install the package.
// Backstage's `postpack` puts the file of the tree back.
import { readFileSync, writeFileSync } from 'node:fs';

const ONLY_HERE = ['devDependencies', 'jest'];

/** A condition is taken in the order of the file, and `import` would hide the types from some. */
function typesFirst(conditions) {
  if (typeof conditions === 'string') return conditions;
  const { types, ...others } = conditions;
  return types ? { types, ...others } : others;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const field of ONLY_HERE) delete manifest[field];
if (manifest.exports) {
  manifest.exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([entry, conditions]) => [
      entry,
      typesFirst(conditions),
    ]),
  );
}
writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
