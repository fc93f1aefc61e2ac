import { cleanText } from './cleanText';

/** What a page is called, by the title that it was given: on one line, and never empty, as it is what people click. */
export const pageName = (title: string): string =>
  cleanText(title).replace(/\s+/g, ' ').trim() || 'Untitled';
