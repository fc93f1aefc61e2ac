/**
 * The running portal and a browser before it, for tests and screenshots.
 *
 * @packageDocumentation
 */
export { Portal } from './portal';
export { keepScreenshot, openBrowser, signIn } from './browser';
export { post, send, type OutgoingMessage } from './send';
