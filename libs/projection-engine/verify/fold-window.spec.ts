import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { FoldWindow } from './fold-window.js';

describe('The window of complaints that are held', () => {
  it('never holds many more events than it may, in whatever order they come', () => {
    const random = seededRandom(5);
    const window = new FoldWindow(800);
    const revisions = new Map<string, number>();
    let held = new Map<string, number>();
    const dropped = (ids: readonly string[]) => {
      for (const id of ids) held.delete(id);
    };
    let most = 0;
    for (let told = 0; told < 20_000; told++) {
      const id = `c${Math.floor(random() * 3000)}`;
      const revision = (revisions.get(id) ?? -1) + 1;
      revisions.set(id, revision);
      const isTaken = window.takes(id, revision);
      expect(isTaken).toBe(revision === 0 || held.has(id));
      if (isTaken) held.set(id, (held.get(id) ?? 0) + 1);
      if (window.isDue()) {
        window.seen(new Map(window.unseen().map((unseen) => [unseen, String(random())])));
        dropped(window.takeEnded('0.01'));
        dropped(window.takeLasting());
      }
      most = Math.max(
        most,
        [...held.values()].reduce((sum, events) => sum + events, 0),
      );
    }
    expect(most).toBeGreaterThan(700);
    expect(most).toBeLessThanOrEqual(900);
    expect(window.takeAll().toSorted()).toEqual([...held.keys()].toSorted());
    held = new Map();
    expect(window.takeAll()).toEqual([]);
  });

  it('lets go first of those that would stay longest, and of those that have ended as soon as they have', () => {
    const window = new FoldWindow(4);
    for (const id of ['a', 'b', 'c', 'd', 'e']) window.takes(id, 0);
    window.seen(new Map(['a', 'b', 'c', 'd', 'e'].map((id, index) => [id, String(index)])));
    expect(window.takeEnded('0')).toEqual(['a']);
    expect(window.takeLasting()).toEqual([]);
    window.takes('f', 0);
    window.seen(new Map([['f', '9']]));
    expect(window.takeLasting()).toEqual(['f', 'e', 'd']);
    expect(window.takes('b', 1)).toBe(true);
    expect(window.takes('e', 1)).toBe(false);
  });
});
