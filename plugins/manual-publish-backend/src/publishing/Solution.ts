import { Glossaries } from '../translation/glossary';

/** A product whose manuals can be published, as the configuration has it. */
export type Solution = {
  /** As the configuration spells it. */
  readonly name: string;
  /** In lower case: the folder of the site. */
  readonly type: string;
  /** In Notion, with hyphens and in lower case. */
  readonly rootPageId: string;
  /** Among the solutions of the configuration, from 1. */
  readonly position: number;
  readonly glossaries: Glossaries;
};

/** A job is about a solution that the configuration names no more. */
export class SolutionGone extends Error {
  override readonly name = 'SolutionGone';

  constructor(name: string) {
    super(`The solution ${name} is not configured any more`);
  }
}

/** Solutions are asked for in any case. */
export function findSolution(
  solutions: readonly Solution[],
  name: string,
): Solution | undefined {
  return solutions.find(
    solution => solution.type === name.trim().toLowerCase(),
  );
}
