import type { ListedPage } from './PageReader';
import { DatabaseContent } from './SnapshotStore';
import { titleOf } from '../source/titleOf';

export function listedRows(database: DatabaseContent): ListedPage[] {
  return database.rows.map(page => ({
    id: page.id,
    title: titleOf(page),
    editedTime: page.last_edited_time,
    page,
  }));
}
