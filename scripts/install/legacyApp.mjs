// The frontend of the scaffold's portal on the old frontend system, less what the lean portal does not have.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  edit,
  isSuperfluous,
  leaveOutDependencies,
  scaffold,
  without,
} from './leanPortal.mjs';

const IMPORT = /^import ([^;]+?) from '([^']+)';\n/gm;
const ENTITY_PAGE = /\n\s*\{entityPage\}\s*/;
const ROUTE = /^ {4}<Route\b[^]*?\n(?= {4}<Route| {2}<\/FlatRoutes>)/gm;
const BINDING = /^ {4}bind\([^]*?^ {4}\}\);\n/gm;

/** Without what is imported from plugins that are not there, and without what mentions it. */
function leaveOutOfRoutes(text) {
  const gone = [];
  const imported = text.replace(IMPORT, (statement, names, from) => {
    if (!isSuperfluous(from) && !/components\/(catalog|search)\//.test(from)) {
      return statement;
    }
    gone.push(...names.match(/\w+/g));
    return '';
  });
  const mentions = code => gone.some(name => code.includes(name));
  return imported
    .replace(ENTITY_PAGE, '') // what it shows; the route stays, because others lead to it
    .replace(BINDING, binding => (mentions(binding) ? '' : binding))
    .replace(ROUTE, route => (mentions(route) ? '' : route));
}

/** Takes the place of the portal's app. */
export async function swapInLegacyApp({ env, release, portal }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'herald-legacy-'));
  const app = path.join(portal, 'packages/app');
  try {
    await scaffold({ env, release, folder, args: ['--legacy'] });
    rmSync(app, { recursive: true });
    cpSync(path.join(folder, 'packages/app'), app, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  leaveOutDependencies(path.join(app, 'package.json'));
  for (const name of ['catalog', 'search']) {
    rmSync(path.join(app, 'src/components', name), { recursive: true });
  }
  rmSync(path.join(app, 'src/App.test.tsx'));
  edit(path.join(app, 'src/App.tsx'), leaveOutOfRoutes);
  edit(path.join(app, 'src/components/Root/Root.tsx'), text =>
    without(
      text,
      /import \{ SidebarSearchModal \}.*\n/,
      /import SearchIcon .*\n/,
      /\s*<SidebarGroup label="Search"[^]*?<\/SidebarGroup>/,
    ),
  );
}
