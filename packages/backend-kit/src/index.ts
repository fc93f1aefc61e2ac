/**
 * What every Herald backend does the same way.
 *
 * @packageDocumentation
 */
export { StandInRule } from './authorization/StandInRule';
export { Hints } from './hints/Hints';
export { auditRefusal } from './http/auditRefusal';
export { audited } from './http/audited';
export { errorHandler } from './http/errorHandler';
export { parse, parseQuery, searchParamsOf } from './http/parse';
export { bytesReader, jsonBodyReader, parseJson } from './http/readJsonBody';
export { SseSink, beginStream, formatEvent, openSseSink } from './http/SseSink';
export { deadWorkRouter, type DeadWorkDesk } from './work/deadWorkRouter';
