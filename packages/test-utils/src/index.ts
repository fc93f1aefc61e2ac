/**
 * What the tests of several backends need.
 *
 * @packageDocumentation
 */
export { OpenApiContract, type DocumentedOperation } from './OpenApiContract';
export { openStream, type OpenedStream } from './openStream';
export { processDatabase } from './processDatabase';
export { testEngines } from './testEngines';
