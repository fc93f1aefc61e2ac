import path from 'node:path';

/** The repository's root. */
export const repositoryRoot = path.resolve(
  path.dirname(require.resolve('../package.json')),
  '../..',
);

/** What scripts and tests make; git ignores it. */
export const buildDirectory = path.join(repositoryRoot, '.build');
