import type {} from 'mdast';

declare module 'mdast' {
  interface HeadingData {
    /** The id that links to the heading end with. */
    id?: string;
  }
}
