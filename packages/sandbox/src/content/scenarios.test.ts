import { ManualClock } from '../http/Clock';
import { NotionWorkspace } from '../notion/NotionWorkspace';
import { demoPages, demoSolutions } from './demoPages';
import { Scenario, scenarios } from './scenarios';

describe('what writers do to the demo content', () => {
  /** All pages that can be reached from the manuals: where each is, and its title. */
  function outline(workspace: NotionWorkspace): Map<string, string> {
    const found = new Map<string, string>();
    const walk = (id: string, path: string): void => {
      const thing = workspace.findShared(id);
      if (!thing) return;
      const here = thing.kind === 'page' ? `${path}/${thing.title}` : path;
      const children = workspace.childrenOf(thing);
      if (thing.kind === 'page') {
        const below = children.filter(each => each.kind === 'page').length;
        const edited = new Date(thing.editedAt).toISOString();
        found.set(id, `${here} (${below} below, edited ${edited})`);
      }
      children.forEach(child => walk(child.id, here));
    };
    Object.values(demoSolutions).forEach(id => walk(id, ''));
    return found;
  }

  it.each(Object.entries<Scenario>(scenarios))(
    'changes the pages that it names: %s',
    (_name, scenario) => {
      const clock = new ManualClock();
      const workspace = new NotionWorkspace(clock, demoPages);
      const before = outline(workspace);
      clock.advance(60 * 60_000);

      scenario.apply(workspace);

      const after = outline(workspace);
      const changed = scenario.pages.filter(
        id => before.get(id) !== after.get(id),
      );
      expect(changed).toEqual(scenario.pages);
    },
  );
});
