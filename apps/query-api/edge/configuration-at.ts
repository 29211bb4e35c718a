import { setTimeout as sleep } from 'node:timers/promises';
import { answered, ConsistencyTimeoutError } from '#libs/projection-engine/index.js';
import type { CurrentConfiguration } from '../query-api.tokens.js';

/** One look takes place however short the wait is to be. */
const leastPatienceMs = 250;
/** A position that the log's end has not got to yet is waited for in looks that far apart. */
const lookAgainMs = 200;

/**
 * Until the configuration in memory holds whatever had been recorded by a position.
 * @param until by the clock of `performance`
 * @throws ConsistencyTimeoutError when the log does not get there, NoAnswerError when it is silent
 */
export async function configurationAt(
  configuration: CurrentConfiguration,
  position: string,
  until: number,
): Promise<void> {
  while (!configuration.holds(position)) {
    const patience = Math.max(leastPatienceMs, until - performance.now());
    await answered(configuration.refresh(), patience, 'the configuration');
    if (configuration.holds(position)) return;
    const left = until - performance.now();
    if (left <= 0) throw new ConsistencyTimeoutError(['configuration'], configuration.current.position);
    await sleep(Math.min(lookAgainMs, left));
  }
}
