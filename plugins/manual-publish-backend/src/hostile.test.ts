import { TreeChange, notionId, page } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const databases = testEngines();
const SECRET = 'A file of the server, which nobody may read or write\n';

// What is in the repository has nothing to do with the database.
describe('the content of the repository', () => {
  let outside: string;
  let manuals: SmallManuals;

  beforeEach(async () => {
    outside = await mkdtemp(path.join(tmpdir(), 'herald-outside-'));
    await writeFile(path.join(outside, 'index.mdx'), SECRET);
  });

  afterEach(async () => {
    await manuals.stop();
    await rm(outside, { recursive: true, force: true });
  });

  const start = async (tree: TreeChange) => {
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      git: { repositories: [{ name: 'docs', tree: async () => tree }] },
    });
  };

  async function expectOutsideUntouched() {
    expect(await readdir(outside)).toEqual(['index.mdx']);
    expect(await readFile(path.join(outside, 'index.mdx'), 'utf8')).toBe(
      SECRET,
    );
  }

  it('a folder of all documents that is a link is refused by its name', async () => {
    await start({ docs: { symlink: outside } });
    const head = await manuals.repository.head();
    const manual = manuals.manual();
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: {
        reason: 'GIT_OPERATION_FAILED',
        detail: expect.stringMatching(/^docs in the repository is a link/),
      },
    });
    await expectNoTrace(manuals, job, head);
    await expectOutsideUntouched();
    await manuals.repository.commit({ docs: null }, 'A folder again');
    expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
    await expectOutsideUntouched();
  });

  it.each([
    ['the folder of the solution', 'docs/s0', ''],
    ['a page', 'docs/s0/index.mdx', 'index.mdx'],
    ['the manifest', 'docs/s0/.herald.json', 'index.mdx'],
    ['the folder of media', 'static/manuals', ''],
    [
      'the folder of a translation',
      'i18n/ko/docusaurus-plugin-content-docs/current/s0',
      '',
    ],
  ])(
    '%s that is a link gives way to what is published, and what it led to stays',
    async (_name, link, target) => {
      await start({
        [link]: { symlink: path.join(outside, target) },
        'README.md': 'The site\n',
      });
      const job = await manuals.publish(manuals.manual().order);
      expect(job).toMatchObject({ status: 'COMPLETED' });
      await expectOutsideUntouched();
      expect(await manuals.repository.read('docs/s0/index.mdx')).toContain(
        'What S0 is for',
      );
      const files = await manuals.repository.files();
      const texts = await Promise.all(
        files
          .filter(file => file.startsWith('docs/') || file.startsWith('i18n/'))
          .map(file => manuals.repository.read(file)),
      );
      expect(texts.join('')).not.toContain(SECRET);
    },
  );

  it('huge files of people stay as they are', async () => {
    const huge = Buffer.alloc(20 * 1024 * 1024, 'x');
    await start({ 'docs/s0/huge.bin': huge });
    const job = await manuals.publish(manuals.manual().order);
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 0 });
    const kept = await manuals.repository.readBytes('docs/s0/huge.bin');
    expect(kept.equals(huge)).toBe(true);
  });

  it.each([
    ['file', '../../../README.md'],
    ['folder', '../..'],
  ])(
    'a manifest whose %s is %s fails the job, and removes nothing',
    async (field, value) => {
      await start({ 'README.md': 'The site\n' });
      const manual = manuals.manual();
      const first = await manuals.publish(manual.order);
      expect(first.status).toBe('COMPLETED');
      const file = `${manual.folder}/.herald.json`;
      const written = await manuals.repository.read(file);
      const manifest = JSON.parse(written);
      manifest.pages[manual.id('install')][field] = value;
      await manuals.repository.commit(
        { [file]: JSON.stringify(manifest) },
        'Tampered',
      );
      manuals.sandbox.notion.workspace.remove(manual.id('install'));
      const head = await manuals.repository.head();
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'GIT_OPERATION_FAILED',
          detail: expect.stringContaining(`${file} is damaged at pages.`),
        },
      });
      await expectNoTrace(manuals, job, head);
      await manuals.repository.commit({ [file]: written }, 'Taken back');
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
      expect(await manuals.repository.read('README.md')).toBe('The site\n');
    },
  );

  it('titles that look like paths become names of files within the folder', async () => {
    await start({ 'README.md': 'The site\n' });
    const titles = [
      '../../etc',
      '..',
      '.',
      '/etc/passwd',
      'C:\\Windows\\System32',
      '.git',
      '.herald.json',
      '_category_',
      '-rf',
      '%2e%2e%2f',
      'index',
      'x'.repeat(400),
      '${HOME}`id`$(id)',
      '\u202Egnp.exe',
    ];
    const manual = manuals.manual(
      ...titles.map((title, index) =>
        page(title)
          .as(`hostile/${index}`)
          .with(page(title).as(`hostile/${index}/below`)),
      ),
    );
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
    const files = await manuals.repository.files();
    expect(files).toContain('README.md');
    const manifest = JSON.parse(
      await manuals.repository.read(`${manual.folder}/.herald.json`),
    );
    for (const index of titles.keys()) {
      const { file } = manifest.pages[notionId(`hostile/${index}/below`)];
      expect(files).toContain(`${manual.folder}/${file}`);
    }
    const strange = files.filter(
      file =>
        !/^(README\.md|docs\/s0\/|i18n\/ko\/docusaurus-plugin-content-docs\/)/.test(
          file,
        ) ||
        file
          .split('/')
          .some(part => part === '..' || part === '.git' || part.length > 200),
    );
    expect(strange).toEqual([]);
  });
});
