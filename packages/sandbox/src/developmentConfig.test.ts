import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoSolutions } from './content/demoPages';
import { startSandbox } from './startSandbox';

// The first commit of the docs repository is that of a whole site.
jest.setTimeout(60_000);

const root = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What stands behind `${NAME:-` in app-config.yaml. */
function defaultOf(variable: string): string | undefined {
  return new RegExp(`\\$\\{${variable}:-([^}]*)\\}`).exec(
    read('app-config.yaml'),
  )?.[1];
}

describe('app-config.yaml', () => {
  it('names the manuals of the stand-in', () => {
    for (const [name, id] of Object.entries(demoSolutions)) {
      expect(defaultOf(`${name}_ROOT_PAGE_ID`)).toBe(id);
    }
  });

  it('has the keys of the stand-ins, and so has `npm start`', async () => {
    const { notion, openAi, git, stop } = await startSandbox();
    await stop();
    const keys = {
      NOTION_TOKEN: notion.token,
      OPENAI_API_KEY: openAi.apiKey,
      GITHUB_TOKEN: git.token,
    };
    const script = read('scripts/sandbox.mjs');
    for (const [variable, key] of Object.entries(keys)) {
      expect(defaultOf(variable)).toBe(key);
      expect(script).toMatch(
        new RegExp(`secret: '${variable}',\\s+key: '${key}'`),
      );
    }
  });
});
