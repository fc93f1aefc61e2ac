/**
 * What the pages of Herald share.
 *
 * @packageDocumentation
 */
export { FailureNotice } from './components/FailureNotice';
export type { FailureWords } from './components/FailureNotice';
export { HeadedPage } from './components/HeadedPage';
export { LoadingRows } from './components/LoadingRows';
export { Notice } from './components/Notice';
export { QueryRoot } from './components/QueryRoot';
export { isWebAddress, WebLink } from './components/WebLink';
export { Moment, RelativeTime, useLocale } from './moments/Moments';
export { useNow } from './moments/useNow';
export { LONGEST_POLL_INTERVAL, POLL_INTERVAL, pollDelay } from './pollDelay';
export {
  errorDetail,
  isRefusal,
  isWorthRetrying,
  refusalOf,
  statusOf,
} from './refusal';
export type { Refusal } from './refusal';
export { EventStream } from './stream/EventStream';
export type {
  EventStreamOptions,
  EventStreamState,
} from './stream/EventStream';
export type { StreamTimings } from './stream/streamTimings';
export { bringUiStyles } from './styles/bringUiStyles';
export { TitlePrefix } from './TitlePrefix';
export { useIsOnline } from './useIsOnline';
export { useTitlePrefix } from './useTitlePrefix';
