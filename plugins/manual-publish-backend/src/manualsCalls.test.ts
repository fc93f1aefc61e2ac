import { notionId } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  smallSolutions,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const databases = testEngines();
const PREFIX = 'calls';
const HOUR_MS = 3_600_000;

describe.each(databases.eachSupportedId())(
  'what can be published, on %s',
  engine => {
    let manuals: SmallManuals;
    const clock = { behindMs: 0, now: () => Date.now() - clock.behindMs };

    beforeAll(async () => {
      // Nobody writes the manual of the third.
      manuals = await startSmallManuals(databases, engine, {
        clock,
        prefix: PREFIX,
        manualPublish: {
          solutions: smallSolutions(PREFIX).slice(0, 3),
          sourceLanguage: 'ko',
          languages: ['pt-BR'],
          targetLanguages: ['ja', 'pt-BR'],
        },
      });
      // What is written in the minute of its publication counts as changed.
      clock.behindMs = HOUR_MS;
      const [first] = [manuals.manual(), manuals.manual()];
      clock.behindMs = 0;
      await manuals.publish({ ...first.order, target_languages: ['ja'] });
    });
    afterAll(() => manuals.stop());

    it('are the solutions and languages of the configuration', async () => {
      const { body } = await manuals.get('/sidebar').expect(200);
      expect(body).toMatchObject({
        source_language: 'ko',
        target_languages: ['ja', 'pt-BR'],
        demo: true,
      });
      expect(body.solutions).toEqual(
        ['0', '1', '2'].map(index => ({
          name: `S${index}`,
          solution_type: `s${index}`,
          root_page_id: notionId(`${PREFIX}/${index}`),
        })),
      );
      expect(body.available_languages).toEqual(
        'fr ja es de zh ru it pt ar pt-BR'.split(' '),
      );
    });

    it('are the manuals of all solutions, where one that cannot be read hides no other', async () => {
      const { body } = await manuals.get('/manuals').expect(200);
      expect(
        body.manuals.map(({ solution, title }: Record<string, string>) => [
          solution,
          title,
        ]),
      ).toEqual(
        ['S0', 'S1'].flatMap(solution =>
          [`Guide of ${solution}`, 'Install', 'Operate', 'Backup'].map(
            title => [solution, title],
          ),
        ),
      );
      expect(body.solutions).toEqual([
        { name: 'S0', read_at: expect.any(String) },
        { name: 'S1', read_at: expect.any(String) },
        { name: 'S2', read_at: null, error: expect.any(String) },
      ]);
      await manuals.get('/manuals?selected_solution=S2').expect(404);
    });

    it('is a tree of folders and manuals, which says what was published and has changed since', async () => {
      const look = async (query = '') => {
        const { body } = await manuals
          .get(`/manuals?selected_solution=s0${query}`)
          .expect(200);
        return body.manuals as Record<string, unknown>[];
      };
      const id = (name?: string) =>
        notionId(name ? `${PREFIX}/0/${name}` : `${PREFIX}/0`);
      const page = (
        name: string | undefined,
        title: string,
        parent: string | null,
        isFolder: boolean,
      ) => ({
        id: id(name),
        title,
        is_folder: isFolder,
        parent_id: parent,
        solution: 'S0',
        url: expect.stringContaining(id(name).replaceAll('-', '')),
        last_edited: expect.stringMatching(/:00\.000Z$/),
        last_published: expect.any(String),
        changed: false,
      });
      const before = await look('&refresh=true');
      expect(before).toEqual([
        page(undefined, 'Guide of S0', null, true),
        page('install', 'Install', id(), false),
        page('operate', 'Operate', id(), true),
        page('backup', 'Backup', id('operate'), false),
      ]);

      const { workspace } = manuals.sandbox.notion;
      workspace.edit(id('install'), { title: 'Install anew' });
      expect(await look()).toEqual(before);
      const [guide, install, ...others] = before;
      const after = await look('&refresh=true');
      const { last_edited: editedAt } = after[1];
      expect(after).toEqual([
        guide,
        {
          ...install,
          title: 'Install anew',
          last_edited: editedAt,
          changed: true,
        },
        ...others,
      ]);
      expect(
        Date.parse(String(editedAt)) - Date.parse(String(install.last_edited)),
      ).toBeGreaterThanOrEqual(HOUR_MS);
    });
  },
);
