import { startGitSandbox, startOpenAiSandbox } from '@herald/sandbox';
import { Exporter } from './Exporter';
import { HeraldPortal } from './HeraldPortal';

const SOLUTION = 'Bench';

/**
 * A dry run of a job, by a portal that has never read anything: all pages are read, converted and proved, nothing is translated.
 * Its clock starts after the repository has been cloned, which the peers do not do; the call by which the request was checked is counted.
 */
export const herald: Exporter = {
  name: 'Herald',
  async export(notion, rootId) {
    const openAi = await startOpenAiSandbox();
    const git = await startGitSandbox();
    const portal = await HeraldPortal.start(
      { notion, openAi, git },
      { [SOLUTION]: rootId },
    );
    try {
      const { steps } = await portal.publish({
        solution: SOLUTION,
        rootId,
        languages: ['ko'],
        isDryRun: true,
      });
      const reading = steps.find(({ status }) => status === 'EXPORTING');
      if (!reading) throw new Error('The job has not exported anything');
      return { texts: [], readingSince: new Date(reading.at) };
    } finally {
      await portal.stop();
      await git.stop();
      await openAi.stop();
    }
  },
};
