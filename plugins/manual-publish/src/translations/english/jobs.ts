/** Said where publications are listed, and on cards. */
export const jobs = {
  label: 'Publications',
  loading: 'The publications are being loaded',
  status: 'State',
  anyStatus: 'Any state',
  statusGroup: {
    running: 'Under way',
    completed: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  solution: 'Solution',
  anySolution: 'Any solution',
  mine: 'Only mine',
  clear: 'Clear filters',
  more: 'Show more',
  end: 'That is all of them.',
  moreFailed: 'The next ones could not be loaded.',
  stale: 'The list could not be brought up to date; it is from {{time}}.',
  emptyTitle: 'Nothing was published yet',
  emptyText: 'Publications appear here as soon as somebody starts one.',
  toManuals: 'Go to the manuals',
  noMatchTitle: 'Nothing matches',
  noMatchText: 'No publication fits the filters.',
  dryRun: 'Dry run',
  unchanged: 'Nothing had changed',
  warnings_one: '{{count, number}} warning',
  warnings_other: '{{count, number}} warnings',
  took: 'took {{duration}}',
  since: 'for {{duration}}',
  progress: 'Progress of “{{title}}”',
} as const;

export const card = {
  recentTitle: 'Publications of manuals',
  recentNone: 'Nothing was published yet.',
  all: 'All publications',
  entityTitle: 'Manual',
  entityUpToDate_one:
    'Its {{count, number}} page is published as it is in Notion.',
  entityUpToDate_other:
    'All {{count, number}} pages are published as they are in Notion.',
  entityChanged_one:
    '{{count, number}} page has changed since it was published.',
  entityChanged_other:
    '{{count, number}} pages have changed since they were published.',
  entityNever_one: '{{count, number}} page was never published.',
  entityNever_other: '{{count, number}} pages were never published.',
  lastJob: 'Last publication',
  noJob: 'It was never published.',
  open: 'Open the manual',
  publish: 'Publish',
  missingTitle: 'No manual is named',
  missingText:
    'Annotate the entity with {{annotation}} and the name of a solution.',
  unknown:
    'The annotation names “{{solution}}”, which is no solution of this portal.',
} as const;
