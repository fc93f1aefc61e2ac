import {
  Manual,
  Manuals as WireManuals,
  Sidebar,
  manualPublishOperations,
} from '@herald/backstage-plugin-manual-publish-common';
import { parseQuery } from '@herald/backend-kit';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ManualPage, ManualTree, Manuals } from '../manuals/Manuals';
import { JobDesk } from '../publishing/JobDesk';
import { NotConfigured } from '../publishing/NotConfigured';
import { Solution } from '../publishing/Solution';
import { explained } from './explained';
import { Gatekeeper } from './Gatekeeper';

const { sidebar, manuals } = manualPublishOperations;

export type ManualsRouterOptions = {
  gatekeeper: Gatekeeper;
  desk: JobDesk;
  /** `undefined` where Notion is not configured. */
  manuals: Manuals | undefined;
  solutions: readonly Solution[];
  sidebar: Omit<Sidebar, 'solutions'>;
};

/** What can be published. */
export function manualsRouter(options: ManualsRouterOptions): Router {
  const { gatekeeper, desk, solutions } = options;
  const router = PromiseRouter();

  router.get(sidebar.path, async (req, res) => {
    await gatekeeper.reader(req);
    const answer: Sidebar = {
      ...options.sidebar,
      solutions: solutions.map(({ name, type, rootPageId }) => ({
        name,
        solution_type: type,
        root_page_id: rootPageId,
      })),
    };
    res.json(answer);
  });

  router.get(manuals.path, async (req, res) => {
    await gatekeeper.reader(req);
    const query = parseQuery(manuals.query, req.originalUrl);
    const asked =
      query.selected_solution === undefined
        ? solutions
        : [
            desk.solution(
              query.selected_solution,
              'Parameter selected_solution',
            ),
          ];
    const source = options.manuals;
    if (!source) {
      throw new NotConfigured(['manualPublish.notion.token']);
    }
    const trees = await Promise.all(
      asked.map(solution =>
        treeOrProblem(source, solution, query.refresh ?? false),
      ),
    );
    const [failure] = trees.filter(isProblem);
    // One that cannot be read does not hide the others.
    if (failure && trees.every(isProblem)) {
      throw explained(failure.error);
    }
    const answer: WireManuals = {
      manuals: trees.flatMap(tree =>
        isProblem(tree)
          ? []
          : tree.pages.map(page => present(page, tree.solution)),
      ),
      solutions: trees.map(tree =>
        isProblem(tree)
          ? {
              name: tree.solution.name,
              read_at: null,
              error: messageOf(tree.error),
            }
          : {
              name: tree.solution.name,
              read_at: tree.readAt?.toISOString() ?? null,
              error: tree.problem,
              ...(tree.isBeingRead && { refreshing: true }),
            },
      ),
    };
    res.json(answer);
  });

  return router;
}

type Problem = { solution: Solution; error: unknown };

async function treeOrProblem(
  source: Manuals,
  solution: Solution,
  refresh: boolean,
): Promise<ManualTree | Problem> {
  try {
    return await source.treeOf(solution, { refresh });
  } catch (error) {
    return { solution, error };
  }
}

function isProblem(tree: ManualTree | Problem): tree is Problem {
  return 'error' in tree;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function present(page: ManualPage, solution: Solution): Manual {
  return {
    id: page.id,
    title: page.title,
    is_folder: page.isFolder,
    parent_id: page.parentId ?? null,
    solution: solution.name,
    url: page.url,
    last_edited: page.lastEditedAt.toISOString(),
    last_published: page.lastPublishedAt?.toISOString() ?? null,
    changed: page.isChanged,
  };
}
