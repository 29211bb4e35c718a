export type ClosingStep = () => Promise<unknown>;

/**
 * Takes the steps in reverse, and leaves none behind. One that fails keeps no other from being taken: what stays open keeps
 * the process from ending.
 * @throws the first error, once all are taken
 */
export async function closeAll(steps: ClosingStep[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** A service manager waits for about as long before it kills. */
const endPatienceMs = 60_000;

/** From now on the process ends in any case: nobody would start again what hangs. What was acknowledged is on disk. */
export function endInAnyCase(): void {
  setTimeout(() => {
    process.stderr.write('Stopping has taken a minute; ending without it.\n');
    process.exit(1);
  }, endPatienceMs).unref();
}
