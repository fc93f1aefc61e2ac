import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Manuals from Notion, published to a Docusaurus site. */
  manualPublish?: {
    /** Products whose manuals can be published. */
    solutions?: Array<{
      /** As people see it, such as `ZCP`; in lower case it is the folder of the site. */
      name: string;
      /** The id of the topmost page in Notion. */
      rootPageId: string;
      /** Words for the translator. */
      glossary?: {
        /** Words that stay as they are, in every language. */
        keep?: string[];
        /** By language: word in the source language to word in that language. */
        terms?: { [language: string]: { [word: string]: string } };
      };
    }>;
    notion?: {
      /**
       * The token of an internal integration that the pages are shared with. Without it nothing is published.
       *
       * @visibility secret
       */
      token?: string;
      /** `https://api.notion.com` unless told. */
      baseUrl?: string;
      /** The version of the API, for a newer one than the client's own. */
      version?: string;
      /** How long calls that Notion does not answer, or refuses, are tried again before a job fails; 5 minutes unless told. */
      patience?: HumanDuration | string;
      /**
       * Verifies webhooks. Notion sends it once, when the webhook is set up; an administrator can read it from the plugin then.
       *
       * @visibility secret
       */
      webhookVerificationToken?: string;
    };
    /** Publish a solution some time after its pages were changed, as webhooks tell. Off unless set. */
    publishOnChange?: {
      /** After the first change; 10 minutes unless told. */
      delay?: HumanDuration | string;
    };
    openai?: {
      /**
       * Without it only the pseudo translator works.
       *
       * @visibility secret
       */
      apiKey?: string;
      /** OpenAI's own unless told. */
      baseUrl?: string;
      model?: string;
      /** What a million tokens cost in US dollars, for estimates. */
      prices?: { input: number; cachedInput?: number; output: number };
    };
    /** `openai` unless told. `pseudo` decorates the text and translates nothing: for demos and tests. */
    translator?: 'openai' | 'pseudo';
    translation?: {
      /** Requests at a time, of all jobs and languages of one process together, 1 or more; 4 unless told. */
      concurrency?: number;
      /** How much of a language may stay untranslated before the job fails, from 0 to 1; 0.05 unless told. */
      maxUntranslated?: number;
      /** How long a translation that is not used is remembered; 180 days unless told. */
      memoryRetention?: HumanDuration | string;
    };
    repository?: {
      /** Without credentials in it. */
      url?: string;
      /** `develop` unless told. */
      branch?: string;
      /**
       * Sent with each request to the remote.
       *
       * @visibility secret
       */
      token?: string;
      /** The name that goes with the token; `x-access-token` unless told, which GitHub and GitLab take. */
      username?: string;
      /** Of commits. */
      author?: { name: string; email: string };
      /** Where a commit can be looked at, with `{sha}` in it. Known for GitHub, GitLab and Bitbucket. */
      commitUrl?: string;
    };
    /** Of the commits; `{solution}`, `{title}` and `{languages}` are filled in. */
    commitMessages?: { export?: string; translation?: string };
    /** The language of the manuals; `en` unless told. */
    sourceLanguage?: string;
    /** Languages beside the ten that are known anyway. */
    languages?: string[];
    /** Where a request names none; ko, ja and zh unless told. A list, or a text with commas between them. */
    targetLanguages?: string[] | string;
    /** The folder of the site's pages; `docs` unless told. */
    sourceDir?: string;
    /** The folder of translations; `i18n` unless told. */
    targetDir?: string;
    /** Below `targetDir`, with the folder of a version (`current`, `version-…`), beside which labels go, with `{lang}`, and with `{solution}` where there are several; `{lang}/docusaurus-plugin-content-docs/current/{solution}` unless told. */
    i18nPath?: string;
    /**
     * What the sidebars file of the site calls the sidebar of the manuals, with `{solution}` where each has its own; `docs` unless told.
     * A site without such a file has `defaultSidebar`. Labels of categories are found by it.
     */
    sidebarName?: string;
    /** Below `static`; `manuals` unless told. */
    mediaDir?: string;
    media?: {
      /** The largest file that is taken, in bytes; 20 MiB unless told. */
      maxBytes?: number;
      /** Hosts on private addresses that media may be fetched from, such as `localhost`. */
      allowedPrivateHosts?: string[];
    };
    /** How ids are written into headings; `mdx` unless told, `classic` for sites that read `{#id}`. */
    headingIds?: 'mdx' | 'classic';
    /** For mirrors, worktrees and media: a directory that may grow. A second process on it takes a folder in it. It is made for its owner alone (0700). `herald-manual-publish` in the system's directory for temporary files unless told, where one that belongs to another user is refused. */
    workDir?: string;
    /** How old a stored tree of manuals may be before Notion is asked again; 5 minutes unless told. */
    treeMaxAge?: HumanDuration | string;
    /** How long ended jobs are kept; 90 days unless told. */
    jobRetention?: HumanDuration | string;
    /** How long after its process died a job is taken up again, by this or another replica; 30 seconds unless told. */
    jobLease?: HumanDuration | string;
    /** Where the host has permissions switched off: users, groups and `service:…` who may publish. Nobody unless told. */
    publishers?: string[];
    /** The same for what others published, and for administration. */
    administrators?: string[];
  };
}
