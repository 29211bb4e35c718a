import { FolderFormatError, FolderInUseError, FolderNotWritableError } from './folder-errors.js';

/** What an engine's process says about its start: over IPC to the process that forked it, else as one JSON line on stdout. */
export type EngineMessage =
  | { readonly type: 'listening'; readonly port: number }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly dir?: string;
      readonly reason?: string;
    };

/** All that a parent says to its engine. */
export const stopMessage = 'stop';

export class PortTakenError extends Error {
  readonly code = 'PORT_TAKEN';
  override readonly name = 'PortTakenError';
}

/** The engine ended, or said no, before it listened. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function failureMessage(error: unknown, port: number): EngineMessage {
  const { code, message, dir, reason } = error as NodeJS.ErrnoException & { dir?: string; reason?: string };
  if (code === 'EADDRINUSE') {
    return {
      type: 'failed',
      code: 'PORT_TAKEN',
      message: `Port ${port} on 127.0.0.1 is taken by another program.`,
    };
  }
  return { type: 'failed', code: code ?? 'FAILED', message, dir, reason };
}

export function failureOf(message: Extract<EngineMessage, { type: 'failed' }>): Error {
  const dir = message.dir ?? '';
  switch (message.code) {
    case 'PORT_TAKEN':
      return new PortTakenError(message.message);
    case 'FOLDER_IN_USE':
      return new FolderInUseError(dir);
    case 'FOLDER_NOT_WRITABLE':
      return new FolderNotWritableError(dir, message.reason ?? message.message);
    case 'FOLDER_FORMAT':
      return new FolderFormatError(dir, message.reason ?? message.message);
    default:
      return new EngineStartError(message.code, message.message);
  }
}
