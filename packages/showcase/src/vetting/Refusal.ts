import path from 'node:path';

/** Why a folder of a dynamic plugin is not loaded, and what a person does about it. */
export type Refusal = {
  folder: string;
  /** Continues a sentence: "… is not loaded: it has no package.json". */
  why: string;
  remedy: string;
};

/** One line for the log. */
export function sayRefusal({ folder, why, remedy }: Refusal): string {
  return `Dynamic plugin ${path.basename(
    folder,
  )} is not loaded: ${why}. To load it: ${remedy}.`;
}
