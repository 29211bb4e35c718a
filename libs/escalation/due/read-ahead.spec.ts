import type { DueTimer } from './due-timers.port.js';
import type { CurrentCycle } from './escalations-due.js';
import { ReadAhead } from './read-ahead.js';
import { timer, timersOf } from './testing/timers.js';

const second = (text: string): string => `2026-03-02T12:00:${text}.000Z`;
const signal = new AbortController().signal;

class Ahead {
  now = second('00');
  readonly read: string[] = [];
  readonly rows: DueTimer[];
  private readonly readAhead: ReadAhead;

  constructor(...rows: DueTimer[]) {
    this.rows = rows;
    this.readAhead = new ReadAhead({
      timers: timersOf(this.rows),
      currentCycle: (id) => {
        this.read.push(id);
        if (id === 'broken') return Promise.reject(new Error('unreadable history'));
        return Promise.resolve({ revision: this.read.length } as CurrentCycle);
      },
      now: () => this.now,
    });
  }

  async lookAt(now: string): Promise<void> {
    this.now = now;
    await this.readAhead.look(signal);
  }

  revisionFor(one: DueTimer): number | undefined {
    return this.readAhead.take(one)?.revision;
  }
}

describe('Reading ahead', () => {
  it('reads what has its moment within ten seconds, each once, and leaves the past to the sweep', async () => {
    const ahead = new Ahead(
      timer('past', 'p1', '2026-03-02T11:59:59.000Z'),
      timer('near', 'p1', second('05')),
      timer('far', 'p1', second('15')),
    );
    await ahead.lookAt(second('00'));
    await ahead.lookAt(second('00'));
    expect(ahead.read).toEqual(['near']);
    await ahead.lookAt(second('06'));
    expect(ahead.read).toEqual(['near', 'far']);
  });

  it('serves what it read for this very timer, once', async () => {
    const near = timer('near', 'p1', second('05'));
    const ahead = new Ahead(near);
    await ahead.lookAt(second('00'));
    expect([ahead.revisionFor(near), ahead.revisionFor(near)]).toEqual([1, undefined]);
  });

  it('serves nothing for a complaint that has moved on since, and forgets what it read of it', async () => {
    const near = timer('near', 'p1', second('05'));
    const ahead = new Ahead(near);
    await ahead.lookAt(second('00'));
    expect(ahead.revisionFor({ ...near, version: 'p2' })).toBeUndefined();
    expect(ahead.revisionFor(near)).toBeUndefined();
  });

  it('leaves what cannot be read to the sweep, and goes on with the others', async () => {
    const near = timer('near', 'p1', second('05'));
    const ahead = new Ahead(timer('broken', 'p1', second('04')), near);
    await ahead.lookAt(second('00'));
    expect(ahead.revisionFor(near)).toBe(2);
  });
});
