import { NotionSandbox } from '@herald/sandbox';

/** Something that exports a page and all below it. */
export type Exporter = {
  name: string;
  export(notion: NotionSandbox, rootId: string): Promise<Exported>;
};

export type Exported = {
  /** Of the files that it made, as far as it makes some. */
  texts: readonly string[];
  /** When it began to read, where that is not with its first call. */
  readingSince?: Date;
};
