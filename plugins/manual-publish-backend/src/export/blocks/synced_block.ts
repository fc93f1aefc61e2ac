import type { BlockConverter } from '../convertBlock';

/** What is in it, at each of its places. A copy names its source, so that a change of it publishes this page, too. */
export const syncedBlock: BlockConverter<'synced_block'> = (
  block,
  children,
  conversion,
) => {
  const source = block.synced_block.synced_from?.block_id;
  if (source !== undefined) conversion.syncedSources.add(source);
  return conversion.blocks(children);
};
