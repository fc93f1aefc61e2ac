import type {
  Job,
  JobState,
} from '@herald/backstage-plugin-manual-publish-common';
import { aJob, pageId } from '../src/__testUtils__/examples';

const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const id = (number: number) =>
  `22222222-2222-4222-8222-${String(number).padStart(12, '0')}`;

const WAY: [JobState, number][] = [
  ['STARTED', 120],
  ['CHECKING_REPO', 840],
  ['PULLING', 2_310],
  ['EXPORTING', 74_000],
  ['EXPORT_COMMIT', 620],
  ['TRANSLATING', 133_000],
  ['TRANSLATION_COMMIT', 940],
  ['PUSHING', 1_830],
];

/** The steps up to a state, which is the last. */
function stepsTo(last: JobState, from: string): Job['steps'] {
  const place = WAY.findIndex(([status]) => status === last);
  let at = Date.parse(from);
  return WAY.slice(0, place < 0 ? WAY.length : place + 1).map(
    ([status, ms]) => {
      const step = { status, at: new Date(at).toISOString(), ms };
      at += ms;
      return step;
    },
  );
}

const done = {
  pages: { done: 57, total: 57 },
  languages: ['ko', 'ja', 'zh'].map((language, index) => ({
    language,
    done: 1_284,
    total: 1_284,
    untranslated: index === 1 ? 3 : 0,
  })),
};

const cost = {
  notion_calls: 412,
  translator_calls: 96,
  input_tokens: 184_220,
  cached_input_tokens: 61_440,
  output_tokens: 203_118,
  remembered_segments: 2_106,
};

const may = { cancel: false, retry: false };

const completed = aJob({
  id: id(1),
  status: 'COMPLETED',
  created_at: ago(64),
  updated_at: ago(60),
  started_at: ago(64),
  ended_at: ago(60),
  steps: [
    ...stepsTo('PUSHING', ago(64)),
    { status: 'COMPLETED', at: ago(60), ms: 0 },
  ],
  progress: done,
  cost,
  may,
  commits: [
    {
      sha: 'b4f1c0ffee1234567890abcdef1234567890abcd',
      message: 'docs(ZCP): publish 57 pages',
      kind: 'export',
      url: 'https://git.example.com/docs/commit/b4f1c0ffee',
    },
    {
      sha: '77ac0ffee1234567890abcdef1234567890abcde',
      message: 'docs(ZCP): ja, ko, zh',
      kind: 'translation',
    },
  ],
  warnings: [
    ...Array.from({ length: 34 }, (_, index) => ({
      code: 'link-outside',
      message: `The link "page ${index}" leads to a page that is not published`,
      page_id: pageId(1_000 + index),
      page_title: ['Overview', 'Requirements', 'Limits'][index % 3],
      url: `https://www.notion.so/${pageId(1_000 + index)}#block`,
    })),
    {
      code: 'media-failed',
      message: 'diagram.png could not be fetched: 404',
      page_title: 'Networking',
      url: 'https://www.notion.so/a#b',
    },
    {
      code: 'segment-untranslated',
      message: 'The translator lost a tag three times',
      page_title: 'Storage',
      language: 'ja',
    },
  ],
  warning_count: 36,
});

const failed = aJob({
  id: id(2),
  status: 'FAILED',
  title: 'Networking',
  created_at: ago(130),
  updated_at: ago(128),
  started_at: ago(130),
  ended_at: ago(128),
  steps: [
    ...stepsTo('EXPORTING', ago(130)),
    { status: 'FAILED', at: ago(128), ms: 0 },
  ],
  progress: {
    pages: { done: 31, total: 57 },
    languages: [],
    current: 'Networking / Overview',
  },
  cost: { ...cost, translator_calls: 0, input_tokens: 0, output_tokens: 0 },
  failure: {
    reason: 'EXPORT_FAILED',
    detail:
      'Unexpected character `!` (U+0021) before name, expected a character that can start a name, such as a letter, `$`, or `_`',
    page_id: pageId(1_021),
    place: 'docs/zcp/networking/overview.mdx:14:3',
  },
  may: { cancel: false, retry: true },
});

const dryRun = aJob({
  id: id(3),
  status: 'COMPLETED',
  dry_run: true,
  title: 'Cloud platform',
  created_at: ago(200),
  updated_at: ago(199),
  started_at: ago(200),
  ended_at: ago(199),
  steps: [
    ...stepsTo('EXPORTING', ago(200)),
    { status: 'COMPLETED', at: ago(199), ms: 0 },
  ],
  progress: { pages: { done: 57, total: 57 }, languages: [] },
  may,
  estimate: {
    pages: [
      { id: pageId(1_001), title: 'Getting started', change: 'changed' },
      { id: pageId(1_061), title: 'Troubleshooting', change: 'added' },
      { id: pageId(1_062), title: 'Overview', change: 'added' },
      { id: pageId(1_033), title: 'Limits', change: 'moved' },
      { id: pageId(1_099), title: 'Old release notes', change: 'removed' },
    ],
    languages: [
      { language: 'ko', segments: 1_284, remembered: 1_201 },
      { language: 'ja', segments: 1_284, remembered: 1_201 },
      { language: 'zh', segments: 1_284, remembered: 0 },
    ],
    input_tokens: 61_200,
    output_tokens: 74_100,
    cost_usd: 0.83,
  },
});

const cancelled = aJob({
  ...failed,
  id: id(4),
  status: 'CANCELLED',
  title: 'Storage',
  failure: null,
  created_at: ago(1_500),
  requested_by: 'plugin:catalog',
});

const older = Array.from({ length: 40 }, (_, index) =>
  aJob({
    ...completed,
    id: id(100 + index),
    created_at: ago(2_000 + index * 700),
    title: `Section ${index + 1}`,
    solution: ['ZCP', 'APIM', 'AMDP'][index % 3],
    unchanged: index % 4 === 3,
    warning_count: index % 5,
  }),
);

export const exampleJobs: Job[] = [
  completed,
  failed,
  dryRun,
  cancelled,
  ...older,
];

export const exampleEstimate = dryRun.estimate;
