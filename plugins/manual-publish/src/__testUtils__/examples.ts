import type {
  Job,
  JobProgress,
  Manual,
  Sidebar,
} from '@herald/backstage-plugin-manual-publish-common';

/** A Notion id that ends in a number. */
export function pageId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function aSidebar(changes: Partial<Sidebar> = {}): Sidebar {
  return {
    solutions: ['ZCP', 'APIM', 'AMDP'].map((name, index) => ({
      name,
      solution_type: name.toLowerCase(),
      root_page_id: pageId((index + 1) * 1_000),
    })),
    source_language: 'en',
    target_languages: ['ko', 'ja', 'zh'],
    available_languages: [
      'ko',
      'fr',
      'ja',
      'es',
      'de',
      'zh',
      'ru',
      'it',
      'pt',
      'ar',
    ],
    demo: false,
    ...changes,
  };
}

export function aManual(number: number, changes: Partial<Manual> = {}): Manual {
  return {
    id: pageId(number),
    title: `Page ${number}`,
    is_folder: false,
    parent_id: pageId(1_000),
    solution: 'ZCP',
    url: `https://www.notion.so/${pageId(number).replaceAll('-', '')}`,
    last_edited: '2026-11-20T10:00:00.000Z',
    last_published: '2026-11-21T10:00:00.000Z',
    changed: false,
    ...changes,
  };
}

/** The topmost page of ZCP. */
export function aRoot(changes: Partial<Manual> = {}): Manual {
  return aManual(1_000, {
    title: 'Cloud platform',
    is_folder: true,
    parent_id: null,
    ...changes,
  });
}

export function aProgress(changes: Partial<JobProgress> = {}): JobProgress {
  return { pages: { done: 0, total: 0 }, languages: [], ...changes };
}

const JOB_ID = '11111111-1111-4111-8111-111111111111';

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: JOB_ID,
    status: 'STARTED',
    solution: 'ZCP',
    notion_page_id: pageId(1_000),
    title: 'Cloud platform',
    target_languages: ['ko', 'ja', 'zh'],
    dry_run: false,
    force: false,
    update_slugs: false,
    requested_by: 'user:default/anna',
    created_at: '2026-11-22T10:00:00.000Z',
    updated_at: '2026-11-22T10:00:00.000Z',
    started_at: '2026-11-22T10:00:01.000Z',
    ended_at: null,
    steps: [{ status: 'STARTED', at: '2026-11-22T10:00:01.000Z', ms: null }],
    progress: aProgress(),
    cost: {
      notion_calls: 0,
      translator_calls: 0,
      input_tokens: 0,
      cached_input_tokens: 0,
      output_tokens: 0,
      remembered_segments: 0,
    },
    estimate: null,
    warnings: [],
    warning_count: 0,
    commits: [],
    unchanged: false,
    failure: null,
    retry_of: null,
    may: { cancel: true, retry: false },
    ...changes,
  };
}
