declare module 'mdast' {
  interface Data {
    /** The block in Notion that a node comes from; holds for what is below it, too. Warnings of the translation name it. */
    blockId?: string;
  }
}

export {};
