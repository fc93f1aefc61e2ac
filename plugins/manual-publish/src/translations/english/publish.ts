/** Said in the dialog that publishes. */
export const publish = {
  title: 'Publish “{{title}}”',
  scopeAll: 'The whole of {{solution}}: {{pages, number}} pages.',
  scopePage: 'This page of {{solution}}.',
  scopeBelow:
    'This page of {{solution}} and what is below it, {{pages, number}} pages in all.',
  languages: 'Languages',
  languagesHint:
    'The manuals are written in {{language}}; that is always published.',
  allLanguages: 'All',
  usualLanguages: 'Usual ones',
  advanced: 'Advanced',
  force: 'Publish unchanged pages as well',
  forceHint:
    'Reads every page from Notion anew and writes every file. It takes longer, and costs no more translation.',
  updateSlugs: 'Change addresses to today’s titles',
  updateSlugsHint:
    'A page keeps its address when its title changes. With this it gets a new one, and links from elsewhere to the old one lead nowhere.',
  cancel: 'Cancel',
  back: 'Back',
  estimate: 'See what would change',
  skip: 'Publish without looking',
  submit: 'Publish',
  estimating: 'Finding out what would change',
  estimatingText: 'Nothing is written yet.',
  queued:
    'Another publication of {{solution}} is under way. This waits for it.',
  nothing:
    'Nothing has changed since it was last published. Publishing now would make no commit.',
  changes_one: '{{count, number}} page',
  changes_other: '{{count, number}} pages',
  change: {
    added: 'New',
    changed: 'Changed',
    moved: 'Moved',
    removed: 'Removed',
  },
  changed: 'What changes',
  translation: 'What is translated',
  language: 'Language',
  segments: 'Segments',
  remembered: 'Remembered',
  toTranslate: 'To translate',
  rememberedHint:
    'Remembered segments were translated before, and cost nothing.',
  noTranslation: 'Nothing needs to be translated.',
  free: 'It costs nothing.',
  tokens: 'Tokens',
  tokensText: '{{input}} in, {{output}} out',
  money: 'Estimated cost',
  moneyUnknown: 'The configuration says no prices.',
  warnings_one: '{{count, number}} warning; the page of the dry run has it.',
  warnings_other:
    '{{count, number}} warnings; the page of the dry run has them.',
  showDryRun: 'Show the dry run',
  refused: {
    title: 'It was not started',
    noLanguage: 'Choose at least one language.',
    languages: 'The server does not take this choice of languages: {{detail}}',
    page: 'This page cannot be published: {{detail}}',
    denied:
      'You may not publish {{solution}}. That needs the permission manual-publish.publish.',
    unknown:
      'Notion has no such page any more, or the solution was renamed. Read the list again.',
    unconfigured: 'The portal is not set up for this: {{detail}}',
    signedOut: 'Your session has ended. Sign in again.',
    offline: 'The server could not be reached. Try again.',
    other: 'The server refused: {{detail}}',
  },
  failedEstimate: 'What would change could not be found out',
} as const;
