import { Deferrals } from './deferrals.js';
import type { DueTimer } from './due-timers.port.js';
import { Sweeper } from './sweeper.js';
import { timer, timersOf } from './testing/timers.js';

class Watched {
  readonly escalated: string[] = [];
  readonly failed: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;

  sweeper(rows: DueTimer[], breaks?: string): Sweeper {
    return new Sweeper({
      timers: timersOf(rows),
      escalate: async ({ complaintId: id }) => {
        this.mostAtOnce = Math.max(this.mostAtOnce, (this.atOnce += 1));
        await new Promise(setImmediate);
        this.atOnce -= 1;
        if (id === breaks) throw new Error('unreadable history');
        this.escalated.push(id);
        return { levels: [1], overtaken: false };
      },
      now: () => '2026-03-02T12:00:00.000Z',
      onFailure: (id) => this.failed.push(id),
      limits: { pageSize: 4, concurrency: 2 },
    });
  }
}

const never = new AbortController().signal;
const ids = Array.from({ length: 11 }, (_, index) => `c-${String(index).padStart(2, '0')}`);

describe('A sweep', () => {
  it('goes through everything that is due, page by page, a few at a time', async () => {
    const watched = new Watched();
    const rows = [...ids.map((id) => timer(id)), timer('later', 'p1', '2026-03-02T12:00:00.000Z')];
    const report = await watched.sweeper(rows).sweep(never);
    expect(report).toEqual({ lookedAt: 11, escalated: 11, failed: 0 });
    expect([...watched.escalated].sort()).toEqual(ids);
    expect(watched.mostAtOnce).toBe(2);
  });

  it('leaves alone what the read model has not caught up with, and looks again when it has', async () => {
    const watched = new Watched();
    const rows = [timer('c-1')];
    const sweeper = watched.sweeper(rows);
    await sweeper.sweep(never);
    await sweeper.sweep(never);
    expect(watched.escalated).toEqual(['c-1']);
    rows[0] = timer('c-1', 'p2');
    await sweeper.sweep(never);
    expect(watched.escalated).toEqual(['c-1', 'c-1']);
  });

  it('is not held up by one complaint that cannot be read', async () => {
    const watched = new Watched();
    const report = await watched
      .sweeper(
        ids.map((id) => timer(id)),
        'c-03',
      )
      .sweep(never);
    expect(report).toEqual({ lookedAt: 11, escalated: 10, failed: 1 });
    expect(watched.failed).toEqual(['c-03']);
  });

  it('lets what passed long ago stand still for a second first, unless there is too much of it to remember', async () => {
    const watched = new Watched();
    const sweeper = watched.sweeper([timer('late', 'p1', '2024-01-01T00:00:00.000Z'), timer('now')]);
    await sweeper.sweep(never);
    expect(watched.escalated).toEqual(['now']);
    await new Promise((done) => setTimeout(done, 1050));
    await sweeper.sweep(never);
    expect(watched.escalated).toContain('late');

    const full = new Deferrals(2);
    for (const id of ['a', 'b']) full.defer(timer(id), 0);
    expect(full.knows(timer('c'))).toBe(true);
  });

  it('ends between two complaints when the lease is lost', async () => {
    const ending = new AbortController();
    const watched = new Watched();
    const sweeper = watched.sweeper(ids.map((id) => timer(id)));
    ending.abort();
    expect(await sweeper.sweep(ending.signal)).toEqual({ lookedAt: 0, escalated: 0, failed: 0 });
  });
});

describe('A timer that stays as it was', () => {
  it('is looked at ever more rarely, but for good', () => {
    const deferrals = new Deferrals();
    const stuck = timer('c-1');
    const waits: number[] = [];
    for (let now = 0; waits.length < 11;) {
      deferrals.defer(stuck, now);
      let wait = 0;
      while (deferrals.holds(stuck, now + wait)) wait += 500;
      waits.push(wait / 1000);
      now += wait;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it('is looked at at once when it has changed, and then waits a second again', () => {
    const deferrals = new Deferrals();
    for (const now of [0, 1000, 3000]) deferrals.defer(timer('c-1'), now);
    expect(deferrals.holds(timer('c-1', 'p2'), 3000)).toBe(false);
    deferrals.defer(timer('c-1', 'p2'), 3000);
    expect(deferrals.holds(timer('c-1', 'p2'), 3999)).toBe(true);
    expect(deferrals.holds(timer('c-1', 'p2'), 4000)).toBe(false);
  });
});
