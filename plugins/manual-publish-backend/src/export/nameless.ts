import { PhrasingContent } from 'mdast';

/** What opens needs something to click on, also where Notion has no text. */
export const nameless = (text: PhrasingContent[]): PhrasingContent[] =>
  text.length > 0 ? text : [{ type: 'text', value: '…' }];
