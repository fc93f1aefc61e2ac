import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import {
  defaultLanguages,
  defaultTargetLanguages,
  languageSchema,
  notionIdSchema,
} from '@herald/backstage-plugin-manual-publish-common';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryAddress } from './git/RepositoryAddress';
import { canonicalId } from './publishing/canonicalId';
import { Solution } from './publishing/Solution';
import { readCount, readShare } from './readNumber';
import { SiteFolders, readSiteFolders } from './readSiteFolders';

const SOLUTION_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export type RepositorySettings = {
  url: string;
  branch: string;
  token?: string;
  username?: string;
  author: { name: string; email: string };
  commitUrl?: string;
};

export type OpenAiSettings = {
  apiKey: string;
  baseUrl?: string;
  model: string;
  prices?: { input: number; cachedInput: number; output: number };
};

export type Settings = {
  solutions: readonly Solution[];
  notion?: {
    token: string;
    baseUrl?: string;
    version?: string;
    patienceMs: number;
  };
  webhookVerificationToken?: string;
  publishOnChangeDelayMs?: number;
  translator: 'openai' | 'pseudo';
  openai?: OpenAiSettings;
  translation: {
    concurrency: number;
    maxUntranslated: number;
    memoryRetentionMs: number;
  };
  repository?: RepositorySettings;
  commitMessages: { export: string; translation: string };
  sourceLanguage: string;
  languages: readonly string[];
  targetLanguages: readonly string[];
  site: SiteFolders & { headingIds: 'mdx' | 'classic' };
  media: { maxBytes: number; allowedPrivateHosts: readonly string[] };
  workDir: string;
  treeMaxAgeMs: number;
  jobRetentionMs: number;
  jobLeaseMs: number;
  permissionsEnabled: boolean;
  publishers: readonly string[];
  administrators: readonly string[];
};

/** Reads what `config.d.ts` describes. A value that makes no sense stops the start and names its key. */
export function readSettings(config: RootConfigService): Settings {
  const own = config.getOptionalConfig('manualPublish');
  const duration = (key: string, fallback: HumanDuration) =>
    durationToMilliseconds(
      own?.has(key) ? readDurationFromConfig(own, { key }) : fallback,
    );
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
  const solutions = readSolutions(own, languages);
  return {
    solutions,
    notion: readNotion(own, duration('notion.patience', { minutes: 5 })),
    webhookVerificationToken: own?.getOptionalString(
      'notion.webhookVerificationToken',
    ),
    publishOnChangeDelayMs: own?.has('publishOnChange')
      ? duration('publishOnChange.delay', { minutes: 10 })
      : undefined,
    translator: oneOf(own, 'translator', ['openai', 'pseudo']),
    openai: readOpenAi(own),
    translation: {
      concurrency: readCount(own, 'translation.concurrency', 4),
      maxUntranslated: readShare(own, 'translation.maxUntranslated', 0.05),
      memoryRetentionMs: duration('translation.memoryRetention', {
        days: 180,
      }),
    },
    repository: readRepository(own),
    commitMessages: {
      export:
        own?.getOptionalString('commitMessages.export') ??
        'docs({solution}): publish {title}',
      translation:
        own?.getOptionalString('commitMessages.translation') ??
        'docs({solution}): translate {title} ({languages})',
    },
    sourceLanguage,
    languages,
    targetLanguages: readTargetLanguages(own, languages),
    site: {
      ...readSiteFolders(own, solutions.length),
      headingIds: oneOf(own, 'headingIds', ['mdx', 'classic']),
    },
    media: {
      maxBytes: readCount(own, 'media.maxBytes', 20 * 1024 * 1024),
      allowedPrivateHosts:
        own?.getOptionalStringArray('media.allowedPrivateHosts') ?? [],
    },
    workDir: path.resolve(
      own?.getOptionalString('workDir') ??
        path.join(tmpdir(), 'herald-manual-publish'),
    ),
    treeMaxAgeMs: duration('treeMaxAge', { minutes: 5 }),
    jobRetentionMs: duration('jobRetention', { days: 90 }),
    jobLeaseMs: duration('jobLease', { seconds: 30 }),
    permissionsEnabled:
      config.getOptionalBoolean('permission.enabled') ?? false,
    publishers: people(own, 'publishers'),
    administrators: people(own, 'administrators'),
  };
}

function readSolutions(
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

function readNotion(
  own: Config | undefined,
  patienceMs: number,
): Settings['notion'] {
  const token = own?.getOptionalString('notion.token');
  return (
    (token && {
      token,
      baseUrl: own?.getOptionalString('notion.baseUrl'),
      version: own?.getOptionalString('notion.version'),
      patienceMs,
    }) ||
    undefined
  );
}

function readOpenAi(own: Config | undefined): OpenAiSettings | undefined {
  const apiKey = own?.getOptionalString('openai.apiKey');
  if (!apiKey) {
    return undefined;
  }
  const prices = own?.getOptionalConfig('openai.prices');
  return {
    apiKey,
    baseUrl: own?.getOptionalString('openai.baseUrl'),
    model: own?.getOptionalString('openai.model') ?? 'gpt-4.1-mini',
    prices: prices && {
      input: prices.getNumber('input'),
      cachedInput:
        prices.getOptionalNumber('cachedInput') ?? prices.getNumber('input'),
      output: prices.getNumber('output'),
    },
  };
}

function readRepository(
  own: Config | undefined,
): RepositorySettings | undefined {
  const url = own?.getOptionalString('repository.url');
  if (!url) {
    return undefined;
  }
  return {
    // Also where something else is missing: what is wrong with it stops the start.
    url: repositoryAddress(url).url,
    branch: own?.getOptionalString('repository.branch') ?? 'develop',
    token: own?.getOptionalString('repository.token') || undefined,
    username: own?.getOptionalString('repository.username'),
    author: {
      name: own?.getOptionalString('repository.author.name') ?? 'Herald',
      email:
        own?.getOptionalString('repository.author.email') ?? 'herald@localhost',
    },
    commitUrl: own?.getOptionalString('repository.commitUrl'),
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

function unknownLanguage(code: string, languages: readonly string[]): string {
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

function oneOf<T extends string>(
  own: Config | undefined,
  key: string,
  [fallback, ...others]: readonly [T, ...T[]],
): T {
  const value = own?.getOptionalString(key) ?? fallback;
  const found = [fallback, ...others].find(choice => choice === value);
  if (!found) {
    throw new InputError(
      `manualPublish.${key}: '${value}' is not one of ${[
        fallback,
        ...others,
      ].join(', ')}`,
    );
  }
  return found;
}

function people(own: Config | undefined, key: string): string[] {
  return (own?.getOptionalStringArray(key) ?? []).map(ref => {
    if (/^(service|external):./.test(ref)) {
      return ref;
    }
    try {
      return stringifyEntityRef(parseEntityRef(ref));
    } catch {
      throw new InputError(
        `manualPublish.${key}: '${ref}' is neither a full entity ref nor service:… or external:…`,
      );
    }
  });
}
