import { PageSnapshot } from '../source/PageSnapshot';

/** The database that a page is a row of, by each of its ids. */
export function databasesAbove({ page }: PageSnapshot): readonly string[] {
  switch (page.parent.type) {
    case 'database_id':
      return [page.parent.database_id];
    case 'data_source_id':
      return [page.parent.data_source_id, page.parent.database_id];
    default:
      return [];
  }
}
