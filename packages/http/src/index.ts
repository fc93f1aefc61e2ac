/**
 * What every Herald backend does the same way over HTTP.
 *
 * @packageDocumentation
 */
export { audited } from './audited';
export { errorHandler } from './errorHandler';
export { parse, parseQuery, searchParamsOf } from './parse';
export { bytesReader, jsonBodyReader, parseJson } from './readJsonBody';
export { SseSink, formatEvent, openSseSink } from './SseSink';
