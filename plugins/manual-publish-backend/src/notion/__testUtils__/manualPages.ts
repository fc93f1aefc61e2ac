import { blocks, database, notionId, page } from '@herald/sandbox';

const { paragraph } = blocks;

/** A manual with pages in columns, in a folder and in a database. */
export const manualPages = () =>
  page('Manual')
    .as('manual')
    .with(
      paragraph('Welcome'),
      blocks
        .columns(
          [page('In a column').as('column').with(paragraph('left'))],
          [paragraph('right')],
        )
        .as('columns'),
      page('Folder')
        .as('folder')
        .with(
          paragraph('one').with(paragraph('two').with(paragraph('three'))),
          page('Leaf').as('leaf').with(paragraph('leaf').as('leaf/text')),
        ),
      database('Errors')
        .as('errors')
        .with(
          page('E1').as('e1').with(paragraph('first')),
          page('E2').as('e2').with(paragraph('second')),
        ),
      page('Last').as('last').with(paragraph('end')),
    );

/** Its first page. */
export const MANUAL = notionId('manual');
