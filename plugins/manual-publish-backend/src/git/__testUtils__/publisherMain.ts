import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GitSiteRepository } from '../GitSiteRepository';

/**
 * A process that publishes a page and says how far it is, so that a test can kill it there. Between two words it waits to be told
 * to go on.
 */
async function publish(url: string, workDir: string, token: string) {
  const { signal } = new AbortController();
  const repository = GitSiteRepository.create({
    url,
    workDir,
    token,
    branch: 'develop',
    author: { name: 'Herald', email: 'herald@example.com' },
    logger: { info: () => {} },
  });
  await repository.update({ signal });
  await reached('updated');
  const worktree = await repository.openWorktree('job-1', {
    folders: ['docs/zcp'],
    sharedFiles: [],
    mergeShared: () => undefined,
  });
  await mkdir(path.join(worktree.path, 'docs/zcp'), { recursive: true });
  await writeFile(path.join(worktree.path, 'docs/zcp/new.mdx'), 'New\n');
  await reached('written');
  await worktree.commit({
    message: 'Publish',
    step: 'export',
    paths: ['docs/zcp'],
  });
  await reached('committed');
  await worktree.push({ signal });
  await reached('pushed');
}

function reached(point: string): Promise<void> {
  return new Promise(resolve => {
    const goOn = () => {
      process.off('message', goOn);
      resolve();
    };
    process.on('message', goOn);
    process.send?.({ point });
  });
}

process.once(
  'message',
  (order: { url: string; workDir: string; token: string }) => {
    publish(order.url, order.workDir, order.token).then(
      () => process.exit(0),
      error => {
        console.error(error);
        process.exit(1);
      },
    );
  },
);
process.send?.({ point: 'started' });
