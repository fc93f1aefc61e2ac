import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import path from 'node:path';
import { DatabaseMedia } from './database/DatabaseMedia';
import { DatabaseSnapshots } from './database/DatabaseSnapshots';
import { GitSiteRepository } from './git/GitSiteRepository';
import { SiteRepository } from './git/SiteRepository';
import { MediaFetcher } from './media/MediaFetcher';
import { NotionSource } from './notion/NotionSource';
import { SnapshotStore } from './notion/SnapshotStore';
import { OpenAiTranslator } from './openai/OpenAiTranslator';
import { Site } from './publishing/Site';
import { Settings } from './readSettings';
import { DocsSite } from './site/DocsSite';
import { ManualSource } from './source/ManualSource';
import { PseudoTranslator } from './translation/PseudoTranslator';
import { Translator } from './translation/Translator';

/** The systems outside, as far as the configuration names them. */
export type Connections = {
  source: ManualSource | undefined;
  repository: SiteRepository | undefined;
  translator: Translator | undefined;
  site: Site | undefined;
  media: MediaFetcher;
  snapshots: SnapshotStore;
  /** Keys of the configuration without which nothing can be published. */
  missing: readonly string[];
};

export function connect(options: {
  settings: Settings;
  /** That no other process uses. */
  workDir: string;
  knex: Knex;
  logger: LoggerService;
  now: () => Date;
}): Connections {
  const { settings, workDir, knex, logger, now } = options;
  const snapshots = new DatabaseSnapshots(knex);
  const media = new MediaFetcher({
    store: new DatabaseMedia(knex),
    cacheDir: path.join(workDir, 'media'),
    maxBytes: settings.media.maxBytes,
    allowedPrivateHosts: settings.media.allowedPrivateHosts,
    now,
  });
  const source =
    settings.notion &&
    new NotionSource({
      ...settings.notion,
      queue: { patienceMs: settings.notion.patienceMs },
      store: snapshots,
      logger,
      now,
    });
  return {
    source,
    media,
    snapshots,
    repository:
      settings.repository &&
      GitSiteRepository.create({
        ...settings.repository,
        workDir: path.join(workDir, 'git'),
        logger,
      }),
    translator: translatorOf(settings),
    site:
      source &&
      new DocsSite({
        settings: {
          ...settings.site,
          sourceLanguage: settings.sourceLanguage,
          languages: settings.languages,
        },
        media,
        source,
      }),
    missing: missingKeys(settings),
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
