import { Job } from '@herald/backstage-plugin-manual-publish-common';
import {
  blocks,
  startGitSandbox,
  startNotionSandbox,
  startOpenAiSandbox,
} from '@herald/sandbox';
import { timed } from '../harness/progress';
import { Row, row } from '../harness/report';
import { valuesOf } from '../harness/statistics';
import { compiles } from './compiles';
import { docuNotion } from './docuNotion';
import { Effort } from './effort';
import { Conditions } from './floor';
import { HeraldPortal, Surroundings } from './HeraldPortal';
import { HOSTILE_PAGES, hostileRoot, hostileRootId } from './hostilePages';
import { sizeOf } from './measureExports';
import { notionToMd } from './notionToMd';
import { WRITTEN_AT, runExport } from './runExport';
import { EDITED_BLOCK, EDITED_PAGE, writtenTree } from './trees';

const LANGUAGES = ['ko', 'ja', 'zh'];
/** What is counted here are calls and files: nobody has to wait. */
const UNLIMITED: Conditions = {
  limit: 'window',
  calls: 1_000_000,
  windowMs: 1,
  latencyMs: 0,
};

/** Jobs from Notion to the repository: nothing changed, a paragraph changed, and pages that are hostile. */
export async function measureJobs({ tree: size }: Effort): Promise<Row[]> {
  const tree = writtenTree(size);
  const notion = await startNotionSandbox({
    pages: [tree.root, hostileRoot],
    pagesWrittenAt: WRITTEN_AT,
  });
  const openAi = await startOpenAiSandbox();
  const git = await startGitSandbox();
  const surroundings = { notion, openAi, git };
  const portal = await HeraldPortal.start(surroundings, {
    Bench: tree.rootId,
    Hostile: hostileRootId,
  });
  const publish = (what: string, solution: string, rootId: string) =>
    timed(`published: ${what}`, () =>
      observed(surroundings, () =>
        portal.publish({ solution, rootId, languages: LANGUAGES }),
      ),
    );
  try {
    await publish('all', 'Bench', tree.rootId);
    const again = await publish('nothing changed', 'Bench', tree.rootId);
    notion.workspace.edit(EDITED_PAGE, {
      replace: {
        blockId: EDITED_BLOCK,
        with: blocks.paragraph('What this manual is about has changed.'),
      },
    });
    const edited = await publish('a paragraph edited', 'Bench', tree.rootId);
    await publish('hostile pages', 'Hostile', hostileRootId);
    return [
      ...(await rowsOfJob('nothing changed', again, tree)),
      ...(await rowsOfJob('one paragraph edited', edited, tree)),
      ...(await compileRows(await filesOf(surroundings, 'docs/hostile/'))),
    ];
  } finally {
    await portal.stop();
    await git.stop();
    await openAi.stop();
    await notion.stop();
  }
}

type Observed = {
  job: Job;
  notionCalls: number;
  translatorCalls: number;
  commits: number;
};

async function observed(
  { notion, openAi, git }: Surroundings,
  publish: () => Promise<Job>,
): Promise<Observed> {
  const counts = async () => ({
    notionCalls: notion.log.calls.length,
    translatorCalls: openAi.log.calls.length,
    commits: (await git.repository().log()).length,
  });
  const before = await counts();
  const job = await publish();
  const after = await counts();
  return {
    job,
    notionCalls: after.notionCalls - before.notionCalls,
    translatorCalls: after.translatorCalls - before.translatorCalls,
    commits: after.commits - before.commits,
  };
}

async function rowsOfJob(
  what: string,
  { job, notionCalls, translatorCalls, commits }: Observed,
  tree: ReturnType<typeof writtenTree>,
): Promise<Row[]> {
  const peer = await runExport(notionToMd, tree, UNLIMITED);
  const size = sizeOf(tree);
  return [
    row({
      name: `publish again, ${what}: Notion calls, beside ${notionToMd.name}`,
      size,
      unit: 'calls',
      herald: valuesOf([notionCalls]),
      upstream: valuesOf([peer.calls]),
      note: `${tree.folders} of the pages are folders; the peer keeps nothing, and reads all again`,
    }),
    row({
      name: `publish again, ${what}: calls of the translator`,
      size: `${LANGUAGES.length} languages`,
      unit: 'calls',
      herald: valuesOf([translatorCalls]),
    }),
    row({
      name: `publish again, ${what}: segments translated for each language`,
      size: `${LANGUAGES.length} languages`,
      unit: 'segments',
      herald: valuesOf([translatedSegments(job) / LANGUAGES.length]),
    }),
    row({
      name: `publish again, ${what}: commits`,
      size,
      unit: 'commits',
      herald: valuesOf([commits]),
    }),
  ];
}

/** Those of all languages that the translation memory did not have. */
function translatedSegments({ progress, cost }: Job): number {
  const all = progress.languages.reduce((sum, { total }) => sum + total, 0);
  return all - cost.remembered_segments;
}

async function compileRows(ours: readonly string[]): Promise<Row[]> {
  const hostile = { root: hostileRoot, rootId: hostileRootId };
  const rows: Row[] = [];
  for (const peer of [notionToMd, docuNotion]) {
    const { texts } = await timed(`${peer.name}: hostile pages`, () =>
      runExport(peer, hostile, UNLIMITED),
    );
    // An empty file is that of a page with nothing but pages.
    const written = texts.filter(text => text.trim() !== '');
    rows.push(
      row({
        name: `files of hostile pages that compile, beside ${peer.name}`,
        size: `${HOSTILE_PAGES} hostile pages`,
        unit: 'files',
        herald: valuesOf([await countCompiling(ours)]),
        upstream: valuesOf([await countCompiling(written)]),
        note: `Herald wrote ${ours.length} files, ${peer.name} ${written.length}`,
      }),
    );
  }
  return rows;
}

async function countCompiling(texts: readonly string[]): Promise<number> {
  const results = await Promise.all(texts.map(compiles));
  return results.filter(Boolean).length;
}

async function filesOf(
  { git }: Surroundings,
  folder: string,
): Promise<string[]> {
  const repository = git.repository();
  const names = await repository.files();
  return Promise.all(
    names
      .filter(name => name.startsWith(folder) && name.endsWith('.mdx'))
      .map(name => repository.read(name)),
  );
}
