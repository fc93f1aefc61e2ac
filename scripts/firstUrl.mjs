// What a command that starts a portal says on standard output beside what npm or Yarn says of it: its answer.
import { createInterface } from 'node:readline';

/** The first URL that a child says; it has to say one before it ends. */
export function firstUrl(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('http')) resolve(line);
    });
    child.on('exit', code =>
      reject(
        new Error(
          `${child.spawnargs.join(' ')} ended with ${code}, without a URL`,
        ),
      ),
    );
  });
}
