import {
  LoggerService,
  RootLoggerService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';

/** A log that a test can read, in place of the host's. */
export function collectedLog() {
  const lines: string[] = [];
  const write =
    (level: string): LoggerService['info'] =>
    (message, meta) => {
      const error = meta instanceof Error ? meta.stack : JSON.stringify(meta);
      lines.push(`${level} ${message} ${error ?? ''}`);
    };
  const logger: RootLoggerService = {
    error: write('error'),
    warn: write('warn'),
    info: write('info'),
    debug: write('debug'),
    child: () => logger,
  };
  return {
    text: () => lines.join('\n'),
    feature: createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => logger,
    }),
  };
}
