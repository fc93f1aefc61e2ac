import { blocks, page, PageDraft } from '@herald/sandbox';

const { paragraph } = blocks;

/** Root with text; a folder without text; a page. */
export const manualOf = (
  options: { title?: string; text?: string } = {},
): PageDraft =>
  page('ZCP manual')
    .as('root')
    .with(
      paragraph('Welcome'),
      page('Guides')
        .as('guides')
        .with(
          page(options.title ?? '하늘')
            .as('sky')
            .with(paragraph(options.text ?? 'Blue')),
          page('CON').as('con').with(paragraph('x')),
        ),
      page('FAQ').as('faq').with(paragraph('Ask')),
    );
