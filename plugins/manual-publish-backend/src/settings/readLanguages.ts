import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  defaultLanguages,
  defaultTargetLanguages,
  languageSchema,
} from '@herald/backstage-plugin-manual-publish-common';

/** The language of the source, those that there are beside it, and those that a job has unless told. */
export type Languages = {
  sourceLanguage: string;
  languages: readonly string[];
  targetLanguages: readonly string[];
};

/** @throws InputError which names the key of what makes no sense */
export function readLanguages(own: Config | undefined): Languages {
  const sourceLanguage = language(
    own?.getOptionalString('sourceLanguage') ?? 'en',
    'sourceLanguage',
  );
  const languages = [
    ...new Set([
      ...defaultLanguages,
      ...(own?.getOptionalStringArray('languages') ?? []).map(code =>
        language(code, 'languages'),
      ),
    ]),
  ].filter(code => code !== sourceLanguage);
  return {
    sourceLanguage,
    languages,
    targetLanguages: readTargetLanguages(own, languages),
  };
}

/** A list, or a text with commas, as a variable of the environment has it. */
function readTexts(
  own: Config | undefined,
  key: string,
): readonly string[] | undefined {
  if (typeof own?.getOptional(key) !== 'string') {
    return own?.getOptionalStringArray(key);
  }
  return own
    .getString(key)
    .split(',')
    .map(text => text.trim())
    .filter(text => text !== '');
}

/** What is said of a language that is not configured. */
export function unknownLanguage(
  code: string,
  languages: readonly string[],
): string {
  const known = languages.join(', ');
  return `${code} is not one of ${known}; manualPublish.languages adds more`;
}

function readTargetLanguages(
  own: Config | undefined,
  languages: readonly string[],
): readonly string[] {
  const named = readTexts(own, 'targetLanguages');
  const unknown = named?.find(code => !languages.includes(code));
  if (unknown !== undefined) {
    throw new InputError(
      `manualPublish.targetLanguages: ${unknownLanguage(unknown, languages)}`,
    );
  }
  if (named?.length === 0) {
    throw new InputError('manualPublish.targetLanguages: names no language');
  }
  const twice = named?.find((code, at) => named.indexOf(code) !== at);
  if (twice !== undefined) {
    throw new InputError(
      `manualPublish.targetLanguages: ${twice} is there twice`,
    );
  }
  return (
    named ?? defaultTargetLanguages.filter(code => languages.includes(code))
  );
}

function language(code: string, key: string): string {
  if (!languageSchema.safeParse(code).success) {
    throw new InputError(
      `manualPublish.${key}: '${code}' is no language code such as ko or pt-BR`,
    );
  }
  return code;
}
