import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import path from 'node:path';
import { DatabaseMedia } from './database/DatabaseMedia';
import { DatabaseSnapshots } from './database/DatabaseSnapshots';
import { GitSiteRepository } from './git/GitSiteRepository';
import { MediaFetcher } from './media/MediaFetcher';
import { MediaStore } from './media/MediaStore';
import { NotionSource } from './notion/NotionSource';
import { SnapshotStore } from './notion/SnapshotStore';
import { OpenAiTranslator } from './openai/OpenAiTranslator';
import { Workshop } from './publishing/openPublishing';
import { Settings } from './settings/readSettings';
import { DocsSite } from './site/DocsSite';
import { ManualSource } from './source/ManualSource';
import { PseudoTranslator } from './translation/PseudoTranslator';
import { Translator } from './translation/Translator';
import { OwnDirectory } from './workDir/OwnDirectory';

/** The systems outside, as far as the configuration names them. */
export type Connections = {
  source: ManualSource | undefined;
  translator: Translator | undefined;
  snapshots: SnapshotStore;
  media: MediaStore;
  /** Undefined where something is missing. */
  furnish: ((own: OwnDirectory) => Workshop) | undefined;
  /** Keys of the configuration without which nothing can be published. */
  missing: readonly string[];
};

export function connect(options: {
  settings: Settings;
  knex: Knex;
  logger: LoggerService;
  now: () => Date;
}): Connections {
  const { settings, knex, logger, now } = options;
  const snapshots = new DatabaseSnapshots(knex);
  const media = new DatabaseMedia(knex);
  const source =
    settings.notion &&
    new NotionSource({
      ...settings.notion,
      queue: { patienceMs: settings.notion.patienceMs },
      store: snapshots,
      logger,
      now,
    });
  const translator = translatorOf(settings);
  const { repository } = settings;
  return {
    source,
    translator,
    snapshots,
    media,
    furnish:
      source && translator && repository
        ? own => furnish(own, { ...options, source, repository, media })
        : undefined,
    missing: missingKeys(settings),
  };
}

function furnish(
  own: OwnDirectory,
  options: {
    settings: Settings;
    source: ManualSource;
    repository: NonNullable<Settings['repository']>;
    media: MediaStore;
    logger: LoggerService;
    now: () => Date;
  },
): Workshop {
  const { settings, source, logger, now } = options;
  const media = new MediaFetcher({
    store: options.media,
    cacheDir: path.join(own.path, 'media'),
    maxBytes: settings.media.maxBytes,
    allowedPrivateHosts: settings.media.allowedPrivateHosts,
    now,
  });
  return {
    media,
    repository: GitSiteRepository.create({
      ...options.repository,
      workDir: path.join(own.path, 'git'),
      demandOwn: () => own.demand(),
      logger,
    }),
    site: new DocsSite({
      settings: {
        ...settings.site,
        sourceLanguage: settings.sourceLanguage,
        languages: settings.languages,
      },
      media,
      source,
    }),
  };
}

function translatorOf({
  translator,
  openai,
}: Settings): Translator | undefined {
  if (translator === 'pseudo') {
    return new PseudoTranslator();
  }
  return openai && new OpenAiTranslator(openai);
}

function missingKeys(settings: Settings): string[] {
  const needed: [string, unknown][] = [
    ['manualPublish.notion.token', settings.notion],
    ['manualPublish.repository.url', settings.repository],
    [
      'manualPublish.openai.apiKey',
      settings.translator === 'pseudo' || settings.openai,
    ],
  ];
  return needed.filter(([, value]) => !value).map(([key]) => key);
}
