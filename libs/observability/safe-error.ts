/** What a log may say of an error: never its message, unless that cannot hold what somebody typed. */
export interface SafeError {
  readonly name: string;
  readonly code?: string | number;
  readonly message?: string;
  readonly frames: readonly string[];
  readonly cause?: SafeError;
}

const DEEPEST_CAUSE = 3;
const MOST_FRAMES = 15;

/**
 * Messages of drivers and parsers repeat what they choked on: a duplicate key names the value, a JSON error the text.
 * So only the runtime's own messages (a missing property, a refused connection) and those of errors that declare
 * themselves safe are kept; name, code and the places in the code are always there.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, frames: [] };
  const { code } = error as NodeJS.ErrnoException & { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(hasSafeMessage(error) ? { message: error.message } : {}),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE
      ? { cause: safeError(error.cause, depth + 1) }
      : {}),
  };
}

/** Declared by errors whose message is made of our own words, codes and positions. */
export interface LogSafe {
  readonly logSafe: true;
}

function hasSafeMessage(error: Error & { syscall?: unknown; logSafe?: unknown }): boolean {
  if (error.logSafe === true) return true;
  if (typeof error.syscall === 'string') return true;
  return error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
}

/**
 * The places in the code. The stack begins with the message, which may have lines that look like places: it is cut off
 * first, and where it is not found (somebody changed it later) there is no telling one from the other.
 */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const at = stack.indexOf(error.message);
  if (at < 0) return [];
  const lines = stack
    .slice(at + error.message.length)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => /^at .+:\d+:\d+\)?$/.test(line)).slice(0, MOST_FRAMES);
}
