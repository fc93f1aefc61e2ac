/**
 * The sizes that the API accepts; what is larger is refused with 400 (413 for the body as a whole).
 * Lengths are in UTF-16 code units.
 *
 * @public
 */
export const notificationLimits = {
  originLength: 200,
  titleLength: 500,
  messageLength: 10_000,
  topicLength: 200,
  actions: 10,
  actionTitleLength: 200,
  urlLength: 2_048,
  targetsPerList: 1_000,
  entityRefLength: 400,
  searchLength: 200,
  /** Also the number of rows that an unpaged list answers at the most. */
  pageSize: 10_000,
  messageIdsPerUpdate: 200,
  idempotencyKeyLength: 255,
  solutionLength: 200,
  documentTitleLength: 500,
  iconLength: 100,
  scopeLength: 200,
  /** Of the metadata as JSON. */
  metadataLength: 16_384,
  /** The longest list of the ZMP dialect. */
  recentLimit: 100,
  filterValues: 20,
  countedOrigins: 100,
  preferenceRules: 200,
  channelLength: 100,
  bodyBytes: 512 * 1024,
} as const;
