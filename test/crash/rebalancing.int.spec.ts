import { Rebalancing } from './rebalancing.js';

/** The long form: `npm run test:rebalancing -- --rounds 20`. */
describe('projector processes that share the partitions', () => {
  let rebalancing: Rebalancing;

  beforeAll(async () => {
    rebalancing = await Rebalancing.open(1);
  }, 120_000);
  afterAll(() => rebalancing.close());

  it('share anew when one joins, is killed, or is stopped beyond its lease and comes back, and change no result', async () => {
    await rebalancing.begin();
    await rebalancing.join(2);
    await rebalancing.join();
    await rebalancing.killOne();
    await rebalancing.stunOne();
    expect(await rebalancing.verify()).toEqual([]);
  }, 240_000);
});
