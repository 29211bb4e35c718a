import { constants } from 'node:os';

/** So that what is bound to the exit of a script happens: a signal by itself ends it without. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
