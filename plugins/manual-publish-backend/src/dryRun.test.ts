import {
  BlockDraft,
  blocks as b,
  NotionWorkspace,
  notionId,
} from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

type Change = {
  workspace: NotionWorkspace;
  id: (name?: string) => string;
  edit: (name: string, block: BlockDraft) => void;
};

// What a dry run finds has nothing to do with the database.
describe('a dry run of what is published already', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());

  it('finds nothing to do but for a language that is new', async () => {
    const { order } = manuals.manual();
    await manuals.publish({ ...order, target_languages: ['ko'] });
    const dry = (...languages: string[]) =>
      manuals.publish({ ...order, target_languages: languages, dry_run: true });
    expect(await dry('ko')).toMatchObject({
      unchanged: true,
      estimate: { pages: [] },
    });

    const job = await dry('ko', 'fr');
    expect(job).toMatchObject({ unchanged: false, estimate: { pages: [] } });
    expect(job.estimate?.languages).toEqual([
      expect.objectContaining({ language: 'ko' }),
      expect.objectContaining({ language: 'fr', remembered: 0 }),
    ]);
  });

  it.each([
    [
      'has other code',
      ({ edit }) => edit('code', b.code('npm run up', 'bash')),
    ],
    [
      'shows another picture',
      ({ edit }) => edit('picture', b.image('console.png')),
    ],
    [
      'is in another place',
      ({ id, workspace }) => workspace.move(id('operate'), id(), 0),
    ],
  ] satisfies [string, (change: Change) => void][])(
    'finds a language to do that was not published since a page %s, and publishing it brings it up to date',
    async (_name, change) => {
      const key = `edited/${_name}`;
      const manual = manuals.manual(
        b.code('npm start', 'bash').as(`${key}/code`),
        b.image('architecture.png').as(`${key}/picture`),
      );
      const { order } = manual;
      const { workspace } = manuals.sandbox.notion;
      const french = { ...order, target_languages: ['fr'] };
      await manuals.publish({ ...order, target_languages: ['ko', 'fr'] });

      change({
        workspace,
        id: manual.id,
        edit: (name, block) =>
          workspace.edit(manual.id(), {
            replace: { blockId: notionId(`${key}/${name}`), with: block },
          }),
      });
      await manuals.publish({ ...order, target_languages: ['ko'] });

      const dry = await manuals.publish({ ...french, dry_run: true });
      expect(dry).toMatchObject({ unchanged: false, estimate: { pages: [] } });
      expect(await manuals.publish(french)).toMatchObject({
        commits: [{ kind: 'translation' }],
      });
      expect(await manuals.publish({ ...french, dry_run: true })).toMatchObject(
        { unchanged: true },
      );
      expect(await manuals.publish(french)).toMatchObject({ unchanged: true });
    },
  );

  it('finds a language to do whose pages were taken back, though all is remembered', async () => {
    const { order, folder } = manuals.manual();
    const { repository } = manuals;
    const file = `${folder}/.herald.json`;
    await manuals.publish({ ...order, target_languages: ['ko'] });
    const before = await repository.read(file);
    await manuals.publish({ ...order, target_languages: ['fr'] });
    await repository.commit({ [file]: before }, 'Back to before French');
    const job = await manuals.publish({
      ...order,
      target_languages: ['fr'],
      dry_run: true,
    });
    const [french] = job.estimate?.languages ?? [];
    expect(french?.remembered).toBe(french?.segments);
    expect(job).toMatchObject({ unchanged: false, estimate: { pages: [] } });
  });
});
