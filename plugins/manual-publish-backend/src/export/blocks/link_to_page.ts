import type { BlockConverter } from '../convertBlock';
import { linkParagraph } from '../linkParagraph';
import { followLink } from '../links/followLink';
import { placeholder } from '../placeholder';

/** Notion says where it goes, not what is there: the title comes from the export. */
export const linkToPage: BlockConverter<'link_to_page'> = (
  block,
  children,
  conversion,
) => {
  const target = block.link_to_page;
  const below = conversion.blocks(children);
  if (target.type === 'comment_id') {
    return [
      placeholder('A comment in Notion', conversion.notionUrl(block.id)),
      ...below,
    ];
  }
  const id = target.type === 'page_id' ? target.page_id : target.database_id;
  const url = followLink(id, conversion, block.id);
  const title = conversion.context.titleOf?.(id) ?? 'Linked page';
  return [
    linkParagraph(
      url ?? conversion.notionUrl(block.id),
      conversion.words(title, block),
    ),
    ...below,
  ];
};
