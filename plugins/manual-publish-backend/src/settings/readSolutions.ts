import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { notionIdSchema } from '@herald/backstage-plugin-manual-publish-common';
import { canonicalId } from '../publishing/canonicalId';
import { Solution } from '../publishing/Solution';
import { unknownLanguage } from './readLanguages';

const SOLUTION_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws InputError which names the key of what makes no sense */
export function readSolutions(
  own: Config | undefined,
  languages: readonly string[],
): Solution[] {
  const solutions = (own?.getOptionalConfigArray('solutions') ?? []).map(
    (solution, index) => {
      const key = `manualPublish.solutions[${index}]`;
      const name = solution.getString('name');
      if (!SOLUTION_NAME.test(name)) {
        throw new InputError(
          `${key}.name: '${name}' must be 1 to 64 letters, digits, dots, hyphens or underscores, as it names a folder`,
        );
      }
      const rootPageId = solution.getString('rootPageId');
      if (!notionIdSchema.safeParse(rootPageId).success) {
        throw new InputError(
          `${key}.rootPageId: '${rootPageId}' is no Notion id: 32 hexadecimal digits, with hyphens or without`,
        );
      }
      return {
        name,
        type: name.toLowerCase(),
        rootPageId: canonicalId(rootPageId),
        position: index + 1,
        glossaries: readGlossaries(solution, key, languages),
      };
    },
  );
  for (const field of ['type', 'rootPageId'] as const) {
    const values = solutions.map(solution => solution[field]);
    const twice = values.find((value, at) => values.indexOf(value) !== at);
    if (twice !== undefined) {
      throw new InputError(
        `manualPublish.solutions: ${twice} is there twice; names (in any case) and root pages must differ`,
      );
    }
  }
  return solutions;
}

function readGlossaries(
  solution: Config,
  key: string,
  languages: readonly string[],
): Solution['glossaries'] {
  const terms = solution.getOptionalConfig('glossary.terms');
  const glossaries = new Map([
    [
      '*',
      {
        keep: solution.getOptionalStringArray('glossary.keep') ?? [],
        terms: [] as { source: string; target: string }[],
      },
    ],
  ]);
  for (const code of terms?.keys() ?? []) {
    if (!languages.includes(code)) {
      throw new InputError(
        `${key}.glossary.terms: ${unknownLanguage(code, languages)}`,
      );
    }
    const words = terms?.getOptional<Record<string, string>>(code) ?? {};
    glossaries.set(code, {
      keep: [],
      terms: Object.entries(words).map(([source, target]) => ({
        source,
        target: String(target),
      })),
    });
  }
  return glossaries;
}
