import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from './repository';

/** The shell commands of the README's tour, in order. Its heading and its ```bash blocks are the contract. */
export function tourCommands(): string[] {
  const readme = fs.readFileSync(
    path.join(repositoryRoot, 'README.md'),
    'utf8',
  );
  const tour = readme.split(/^## /m).find(part => part.startsWith('A tour'));
  if (!tour) throw new Error('README.md has no section "A tour…"');
  return [...tour.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, command]) =>
    command.trim(),
  );
}
