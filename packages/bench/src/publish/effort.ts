import { Conditions } from './floor';
import { TreeSize } from './trees';

export type Effort = {
  /** Of the trees that are exported at an average rate. */
  tree: TreeSize;
  rate: Conditions & { limit: 'rate' };
  window: Conditions & { limit: 'window' };
  /** Trees that are exported within a budget for a window of time. */
  windowTrees: readonly { label: string; size: TreeSize }[];
  /** Of the peer that keeps to a fixed rate. */
  fixedPerSecond: number;
};

export const THOROUGH: Effort = {
  tree: { pages: 26, parentBlocks: 220 },
  rate: { limit: 'rate', perSecond: 3, burst: 10, latencyMs: 200 },
  window: { limit: 'window', calls: 180, windowMs: 60_000, latencyMs: 200 },
  windowTrees: [
    {
      label: 'nobody is beyond the budget',
      size: { pages: 8, parentBlocks: 80 },
    },
    {
      label: 'only the peers are beyond the budget',
      size: { pages: 16, parentBlocks: 134 },
    },
    {
      label: 'everybody is beyond the budget',
      size: { pages: 26, parentBlocks: 220 },
    },
  ],
  fixedPerSecond: 3,
};

/** docu-notion keeps to three calls a second whatever the API lets through: its tree has to be small. */
export const QUICK: Effort = {
  tree: { pages: 5, parentBlocks: 8 },
  rate: { limit: 'rate', perSecond: 60, burst: 10, latencyMs: 10 },
  window: { limit: 'window', calls: 30, windowMs: 3_000, latencyMs: 10 },
  windowTrees: [
    {
      label: 'only the peers are beyond the budget',
      size: { pages: 5, parentBlocks: 20 },
    },
  ],
  fixedPerSecond: 60,
};
