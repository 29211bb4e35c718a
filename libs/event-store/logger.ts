/** The shape of pino's loggers, of which this library uses one level. */
export interface EventStoreLogger {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export const silentLogger: EventStoreLogger = { warn: () => undefined };
