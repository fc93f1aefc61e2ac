/**
 * How the calls of an API are described, once for server, client and OpenAPI.
 *
 * @packageDocumentation
 */
export {
  deadWorkOperations,
  listDeadWorkQuerySchema,
  selectDeadWorkSchema,
  workCountSchema,
} from './deadWork';
export type { SelectDeadWork, WorkCount } from './deadWork';
export type { CallerKind, Operation, ResponseHeader } from './Operation';
export { OperationClient } from './OperationClient';
export type {
  OperationClientOptions,
  OperationRequest,
  RequestOptions,
} from './OperationClient';
export { CALLER_REFUSALS } from './refusals';
export { toSearch } from './toSearch';
export type { QueryValue } from './toSearch';
export { isStorable, storableText, visibleText } from './text';
