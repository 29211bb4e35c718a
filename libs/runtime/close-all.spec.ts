import { closeAll } from './close-all.js';

describe('what was opened', () => {
  it('is closed in reverse, each once, although one of them cannot be', async () => {
    const closed: number[] = [];
    const broken = new Error('the second cannot');
    const steps = [1, 2, 3].map((each) => () => {
      closed.push(each);
      return each === 2 ? Promise.reject(broken) : Promise.resolve();
    });
    await expect(closeAll(steps)).rejects.toBe(broken);
    await closeAll(steps);
    expect(closed).toEqual([3, 2, 1]);
  });
});
