import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';
import { safeError } from './safe-error.js';

type Severity = 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'fatal';

/** Lets the framework speak through our log. Its start-up chatter about every route goes to `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const write = (severity: Severity, message: unknown, rest: readonly unknown[]): void => {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !last.includes('\n') ? last : undefined;
    const error = [message, ...rest].find((part) => part instanceof Error);
    const fields = {
      ...(context === undefined ? {} : { context }),
      ...(error === undefined ? {} : { err: error }),
    };
    logger[severity](fields, textOf(message));
  };
  return {
    log: (message: unknown, ...rest: unknown[]) => {
      write('debug', message, rest);
    },
    warn: (message: unknown, ...rest: unknown[]) => {
      write('warn', message, rest);
    },
    error: (message: unknown, ...rest: unknown[]) => {
      write('error', message, rest);
    },
    debug: (message: unknown, ...rest: unknown[]) => {
      write('debug', message, rest);
    },
    verbose: (message: unknown, ...rest: unknown[]) => {
      write('trace', message, rest);
    },
    fatal: (message: unknown, ...rest: unknown[]) => {
      write('fatal', message, rest);
    },
  };
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? safeError(message).name : 'a message that is not text';
}
