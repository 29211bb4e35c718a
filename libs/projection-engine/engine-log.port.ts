/** The part of a pino logger that the engine uses. */
export interface EngineLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const SILENT: EngineLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
