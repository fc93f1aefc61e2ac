/**
 * What the tests of several backends need.
 *
 * @packageDocumentation
 */
export { describeOnPostgres } from './describeOnPostgres';
export {
  OpenApiContract,
  type DocumentedOperation,
  type Schema,
} from './OpenApiContract';
export { openStream, type OpenedStream } from './openStream';
export { PortalProcess } from './PortalProcess';
export { processDatabase } from './processDatabase';
export { servePortal } from './servePortal';
export { testEngines } from './testEngines';
