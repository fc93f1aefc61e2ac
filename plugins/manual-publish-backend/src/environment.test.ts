import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const read = (file: string) =>
  readFileSync(path.resolve(__dirname, '../../..', file), 'utf8');

const codes = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** The variables of the ZMP manual backend and the keys that they have become, as the documentation tells them. */
const table = read('docs/manual-publish.md')
  .split('\n## ')
  .filter(section => section.startsWith('Coming from the ZMP manual backend'))
  .flatMap(section => section.split('\n'))
  .filter(line => line.startsWith('| `'))
  .flatMap(line => {
    const [, variables, keys] = line.split('|').map(codes);
    const [first] = keys;
    return variables.map((variable, at) => {
      const key = keys[at] ?? first.replace('[]', `.${at}`);
      const whole = key.replace(/^\./, first.replace(/[^.]+$/, ''));
      return [variable, whole.replace('[]', `.${at}`)] as const;
    });
  });

/** What a configuration has at a key, before the environment is filled in. */
const valueAt = (file: string, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>(
      (value, part) => (value as Record<string, unknown> | undefined)?.[part],
      parse(read(file)),
    );

describe('the environment of the ZMP manual backend', () => {
  it('is known whole', () => {
    expect(table.map(([variable]) => variable)).toEqual([
      'NOTION_TOKEN',
      'ZCP_ROOT_PAGE_ID',
      'APIM_ROOT_PAGE_ID',
      'AMDP_ROOT_PAGE_ID',
      'GITHUB_REPO_URL',
      'GITHUB_BRANCH',
      'GITHUB_TOKEN',
      'SOURCE_DIR',
      'TARGET_DIR',
      'TARGET_LANGUAGES',
      'OPENAI_API_KEY',
      'OPENAI_MODEL',
    ]);
  });

  it.each(table)('has %s in the example, as %s', (variable, key) => {
    expect(valueAt('app-config.yaml', key)).toMatch(
      new RegExp(`^\\$\\{${variable}:-.+\\}$`),
    );
  });

  // Which manuals there are is told by a file there.
  it.each(table.filter(([, key]) => !key.includes('solutions')))(
    'has %s in production, as %s',
    (variable, key) => {
      expect(valueAt('app-config.production.yaml', key)).toMatch(
        new RegExp(`^\\$\\{${variable}(:-.+)?\\}$`),
      );
    },
  );
});
