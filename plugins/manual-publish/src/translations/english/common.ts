/** Said on every page. */
export const common = {
  title: 'Manuals',
  tabs: { manuals: 'Manuals', jobs: 'Publications' },
  demo: {
    title: 'This is a demonstration',
    text: 'A stand-in answers for Notion or for the repository: what you publish is an example, or goes nowhere.',
  },
  link: {
    newTab: 'Opens in a new tab',
    notion: 'Open in Notion',
    notionOf: 'Open “{{title}}” in Notion',
  },
  moment: { justNow: 'just now' },
  failure: {
    retry: 'Try again',
    signIn: 'Sign in again',
    signedOutTitle: 'You are signed out',
    signedOutText: 'Your session has ended. Sign in again to go on.',
    deniedTitle: 'You have no access to manuals',
    deniedText:
      'Seeing them needs the permission manual-publish.read. Ask who runs this portal.',
    unknownTitle: 'There is no such thing any more',
    unknownText: 'It may have been deleted, or the link is wrong.',
    unknownJobTitle: 'There is no such publication',
    unknownJobText:
      'The link is wrong, or it was so long ago that it is not kept any more.',
    offlineTitle: 'You are offline',
    offlineText: 'Connect to the network; the page goes on by itself.',
    otherTitle: 'This could not be loaded',
    otherText: 'The server did not answer as expected.',
    unconfiguredTitle: 'Manuals cannot be read now',
    unconfiguredText:
      'Something is missing in the configuration, or Notion cannot be reached. Who runs this portal will want to know this:',
  },
  status: {
    QUEUED: 'Waiting',
    STARTED: 'Started',
    CHECKING_REPO: 'Checking the repository',
    CLONING: 'Cloning the repository',
    PULLING: 'Updating the repository',
    REPOSITORY: 'Fetching the repository',
    EXPORTING: 'Exporting',
    EXPORT_COMMIT: 'Committing the export',
    TRANSLATING: 'Translating',
    TRANSLATION_COMMIT: 'Committing translations',
    PUSHING: 'Pushing',
    COMPLETED: 'Done',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
  },
} as const;
