import { NotionWorkspace } from '../notion/NotionWorkspace';
import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';

export interface Scenario {
  /** What a writer did, in words. */
  what: string;
  /** Pages whose published file changes, comes, goes or moves. */
  pages: readonly string[];
  /** Does it. */
  apply(workspace: NotionWorkspace): void;
}

const quotas = notionId('zcp/quotas');
const backups = notionId('zcp/backups');
const scaleDown = notionId('zcp/scale-down');
const workedExample = notionId('zcp/scale-down-example');
const nodePools = notionId('zcp/node-pools');
const reference = notionId('zcp/reference');
const operate = notionId('zcp/operate');

/** What writers do between one publish and the next, to the pages of the ZCP manual. Each is meant for a fresh workspace. */
export const scenarios = {
  paragraphEdited: {
    what: 'a paragraph is edited',
    pages: [quotas],
    apply: workspace =>
      workspace.edit(quotas, {
        replace: {
          blockId: notionId('zcp/quotas-first'),
          with: b.paragraph('Each project begins with these; ask for more.'),
        },
      }),
  },
  pageAdded: {
    what: 'a page is added between others',
    pages: [notionId('zcp/costs')],
    apply: workspace =>
      workspace.edit(reference, {
        after: quotas,
        append: [
          page('Costs').as('zcp/costs').with(b.paragraph('By the hour.')),
        ],
      }),
  },
  pageDeleted: {
    what: 'a page that others link to is deleted',
    pages: [quotas],
    apply: workspace => workspace.remove(quotas),
  },
  folderDeleted: {
    what: 'a folder is deleted with all below it',
    pages: [scaleDown, workedExample],
    apply: workspace => workspace.remove(scaleDown),
  },
  pageMoved: {
    what: 'a page moves to another folder',
    pages: [quotas],
    apply: workspace => workspace.move(quotas, operate),
  },
  folderMoved: {
    what: 'a folder moves with all below it',
    pages: [nodePools, notionId('zcp/autoscaling'), scaleDown, workedExample],
    apply: workspace => workspace.move(nodePools, reference, 0),
  },
  pageMovedAway: {
    what: 'a page moves to another manual',
    pages: [backups],
    apply: workspace => workspace.move(backups, notionId('amdp')),
  },
  pageRetitled: {
    what: 'a page gets another title',
    pages: [quotas],
    apply: workspace => workspace.edit(quotas, { title: 'Limits' }),
  },
  pageBecomesFolder: {
    what: 'a page gets a page below it',
    pages: [backups, notionId('zcp/backup-keys')],
    apply: workspace =>
      workspace.edit(backups, {
        append: [
          page('Keys').as('zcp/backup-keys').with(b.paragraph('Yours.')),
        ],
      }),
  },
  folderBecomesPage: {
    what: 'a folder loses the only page below it',
    pages: [scaleDown, workedExample],
    apply: workspace => workspace.remove(workedExample),
  },
  pageUnshared: {
    what: 'a page is taken away from the integration',
    pages: [quotas],
    apply: workspace => workspace.unshare(quotas),
  },
} satisfies Record<string, Scenario>;
