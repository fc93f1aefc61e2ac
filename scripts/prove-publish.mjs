// Publishes all solutions of the sandbox in all languages by the example portal, and again and page by page, which must change nothing; then
// what writers have changed, for one page and one language and for its manual and one language, which leaves the other languages behind.
// Builds the docs site with what was pushed. `node scripts/herald.mjs prove-publish [--v4 true|false]`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docsRepository, git } from './docs-repository.mjs';
import { edited, editManual } from './edit-manual.mjs';
import { stopOnSignals } from './processes.mjs';
import { proveDocsSite } from './prove-docs-site.mjs';
import { withPublishing } from './publishing.mjs';
import { SetupError, root, say } from './toolchain.mjs';

const LANGUAGES = ['ko', 'fr', 'ja', 'es', 'de', 'zh', 'ru', 'it', 'pt', 'ar'];

/** Of the pages of a solution, which are published one by one as well. */
const ALONE_EVERY = 4;

/** What was published last stays, to be looked into. */
const published = path.join(root, '.build', 'published');

function must(what, holds, explanation) {
  if (!holds) throw new SetupError(`${what} does not hold: ${explanation()}`);
}

async function publishAll(portal) {
  const started = Date.now();
  const jobs = [];
  for (const solution of portal.solutions) {
    const job = await portal.publish(solution, LANGUAGES);
    must(
      `${solution.name} is published`,
      job.status === 'COMPLETED' && job.progress.pages.done > 0,
      () => `${job.status} ${JSON.stringify(job.failure)}`,
    );
    jobs.push(job);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  return { jobs, seconds };
}

const sumOf = (jobs, figure) => jobs.reduce((sum, job) => sum + figure(job), 0);

function tellWarnings(jobs) {
  const counts = new Map();
  for (const { code } of jobs.flatMap(({ warnings }) => warnings)) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  for (const [code, count] of counts) say(`warnings: ${code}: ${count}`);
}

/** @returns the commit that was pushed last */
function clone(portal) {
  rmSync(published, { recursive: true, force: true });
  const url = docsRepository(portal.gitPort);
  const cloned = git(root, 'clone', '--quiet', url, published);
  must('cloning', cloned !== undefined, () => url);
  return git(published, 'rev-parse', 'HEAD').trim();
}

async function publishTwice(portal) {
  const first = await publishAll(portal);
  const pages = sumOf(first.jobs, job => job.progress.pages.done);
  say(
    `published: ${first.jobs.length} solutions, ${pages} pages in ${LANGUAGES.length} languages and English, in ${first.seconds} s`,
  );
  tellWarnings(first.jobs);
  const head = clone(portal);
  const again = await publishAll(portal);
  must(
    'a second time changes nothing',
    again.jobs.every(job => job.unchanged && job.commits.length === 0) &&
      clone(portal) === head,
    () => JSON.stringify(again.jobs.map(({ commits }) => commits)),
  );
  say(`published again: nothing changed, in ${again.seconds} s`);
  await publishAlone(portal);
}

/** What is published alone has the links and titles that it has when all is published. */
async function publishAlone(portal) {
  let count = 0;
  for (const solution of portal.solutions) {
    const pages = await portal.pagesOf(solution);
    for (const { id } of pages.filter((_, at) => at % ALONE_EVERY === 1)) {
      const job = await portal.publish({ ...solution, root_page_id: id }, [
        LANGUAGES[0],
      ]);
      must(
        `page ${id} of ${solution.name} published alone changes nothing`,
        job.status === 'COMPLETED' && job.unchanged,
        () => JSON.stringify(job),
      );
      count += 1;
    }
  }
  must('pages are published alone', count > 0, () => 'there are none');
  say(`published alone: ${count} pages, nothing changed`);
}

/** Other pages and languages have links to what was renamed and moved; the site has to build with them. */
async function publishEdited(portal) {
  const zcp = portal.solutions.find(({ name }) => name === 'ZCP');
  must('there is ZCP', zcp, () => JSON.stringify(portal.solutions));
  const quotas = await editManual(portal.notionUrl, await portal.pagesOf(zcp));
  for (const id of [quotas, zcp.root_page_id]) {
    const job = await portal.publish({ ...zcp, root_page_id: id }, [
      LANGUAGES[0],
    ]);
    must(
      `what was edited is published with ${id}`,
      job.status === 'COMPLETED' && job.commits.length > 0,
      () => JSON.stringify(job),
    );
    tellWarnings([job]);
  }
  say(`published what was edited: ${clone(portal)}`);
}

/** What readers must find on pages of the site that was built last. */
const ON_PAGES = [
  // In the order of the configuration, not of the folders.
  ['index', /^((?!Application Modernization).)*Cloud Platform manual/s],
  ['zcp/hostile-text-quotes', /:key: nor :warning:/],
  ['zcp/hostile-text-quotes', /&lt;br\/(>|&gt;), a &lt; b/],
  ['zcp/architecture', /<table>.*<summary>|<summary>.*<table>/s],
  ['ko/zcp/architecture', /\[ko Áŕçĥ/],
  ['ar/zcp/architecture', /<html[^>]*dir="?rtl/],
  ['apim/시작하기', /API 키 발급/],
  // What was edited, in the languages it was published in; its address and the anchor stay.
  [
    'zcp/reference/quotas',
    new RegExp(`${edited.title}.*${edited.heading}`, 's'),
  ],
  ['zcp/reference/node-pools', /Node pools/],
  ['ko/zcp/reference/node-pools', /\[ko/],
];

function mustShow(build) {
  for (const [page, words] of ON_PAGES) {
    const file = path.join(build, `${page}.html`);
    if (!existsSync(file)) {
      throw new SetupError(`the build has no ${page}`);
    }
    must(
      `${page} shows ${words}`,
      words.test(readFileSync(file, 'utf8')),
      () => file,
    );
  }
}

export async function provePublish(env, args) {
  stopOnSignals();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'herald-publish-'));
  try {
    await withPublishing(env, dataDir, async portal => {
      await publishTwice(portal);
      await publishEdited(portal);
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
  const build = await proveDocsSite(env, [published, ...args]);
  mustShow(build);
  say(`${ON_PAGES.length} pages show what they should`);
}
