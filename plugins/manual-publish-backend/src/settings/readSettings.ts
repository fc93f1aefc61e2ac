import { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration, durationToMilliseconds } from '@backstage/types';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryAddress } from '../git/RepositoryAddress';
import { Solution } from '../publishing/Solution';
import { Languages, readLanguages } from './readLanguages';
import { readCount, readShare } from './readNumber';
import { SiteFolders, readSiteFolders } from './readSiteFolders';
import { readSolutions } from './readSolutions';

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

export type Settings = Languages & {
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
  const languages = readLanguages(own);
  const solutions = readSolutions(own, languages.languages);
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
    ...languages,
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
