import { pino, type DestinationStream, type Logger } from 'pino';
import { currentCorrelationId } from './correlation.js';
import { safeError } from './safe-error.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  /** Which process speaks, e.g. `command-api`. */
  readonly service: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** A last net under the rule that nobody logs these: fields of such names are cut out wherever somebody does. */
const PERSONAL = [
  'body',
  'headers',
  'query',
  'authorization',
  'token',
  'phone',
  'email',
  'description',
  'customer',
  'data',
];

/** JSON lines; each carries the correlation id of the request that it belongs to. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const correlationId = currentCorrelationId();
        return correlationId === undefined ? {} : { correlationId };
      },
      serializers: { err: safeError, error: safeError },
      redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`]), censor: '[removed]' },
    },
    options.destination ?? pino.destination({ fd: 1, sync: false }),
  );
}
