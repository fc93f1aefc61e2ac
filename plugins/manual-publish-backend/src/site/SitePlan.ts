import { PageSnapshot, PageTree } from '../source/PageSnapshot';
import { Manifest } from './Manifest';

/** A page above the one that is published. */
export type Ancestor = {
  readonly id: string;
  readonly title: string;
  /** In its folder, from 1. */
  readonly position: number;
};

export type PlanInput = {
  readonly tree: PageTree;
  /** The solution's folder. */
  readonly solution: string;
  readonly previous: Manifest | undefined;
  /** The solution's root first; none where the root itself is published. */
  readonly ancestors: readonly Ancestor[];
  /** Of the published page in its folder, from 1; of the root among the solutions. */
  readonly position: number;
  /** Files in the solution's folder that Herald did not write, relative to it. */
  readonly otherFiles: readonly string[];
  /** The pages of the tree are called as their titles say today, whatever they were called before. */
  readonly updateSlugs: boolean;
};

/** Where a page goes, relative to the solution's folder. */
export type PlannedPage = {
  readonly id: string;
  readonly title: string;
  readonly snapshot: PageSnapshot;
  readonly parent: string | null;
  readonly position: number;
  /** Undefined for a category without text. */
  readonly file: string | undefined;
  /** Undefined where there are no pages below it. */
  readonly folder: string | undefined;
};

export type SitePlan = {
  /** What is published, in the order of Notion. */
  readonly pages: readonly PlannedPage[];
  /** Pages above it that have no folder yet and get one. */
  readonly madeFolders: readonly string[];
  /** All whose text stays as it is, and the pages above that get a folder. Those that Notion does not show go where it lists them. */
  readonly kept: Manifest;
  /** What was there before and is in Notion no more. */
  readonly removed: Manifest;
};
