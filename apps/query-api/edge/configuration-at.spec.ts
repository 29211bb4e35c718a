import { EMPTY_CONFIGURATION } from '#libs/configuration-model/index.js';
import type { CurrentConfiguration } from '../query-api.tokens.js';
import { configurationAt } from './configuration-at.js';

/** Each refresh brings it to the next of these places of the log. */
function following(...places: string[]): CurrentConfiguration & { looks: number } {
  let reached = '';
  return {
    looks: 0,
    current: EMPTY_CONFIGURATION,
    refresh() {
      this.looks += 1;
      reached = places.shift() ?? reached;
      return Promise.resolve();
    },
    holds: (position) => reached >= position,
  };
}

describe('A query that needs the configuration of a position', () => {
  it('waits until the log has got there', async () => {
    const configuration = following('1', '2', '3');
    await configurationAt(configuration, '3', performance.now() + 5000);
    expect(configuration.looks).toBe(3);
  });

  it('is refused when the log does not get there, as a position of another log never does', async () => {
    const refused = configurationAt(following('1'), '3', performance.now() + 20);
    await expect(refused).rejects.toMatchObject({
      code: 'CONSISTENCY_TIMEOUT',
      projections: ['configuration'],
    });
  });

  it('looks once, however short the wait is to be', async () => {
    const configuration = following('3');
    await configurationAt(configuration, '3', performance.now() - 1);
    expect(configuration.looks).toBe(1);
  });
});
