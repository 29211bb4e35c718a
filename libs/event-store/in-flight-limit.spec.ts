import { EventStoreBusyError } from './event-store-errors.js';
import { InFlightLimit } from './in-flight-limit.js';

describe('the limit of appends in flight', () => {
  function openDoor() {
    let open: () => void = () => undefined;
    const door = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { door, open };
  }

  it('runs so many at once, and the others in the order that they came', async () => {
    const limit = new InFlightLimit(2, 10);
    const started: number[] = [];
    const doors = [0, 1, 2, 3].map(openDoor);
    const running = doors.map(({ door }, index) =>
      limit.run(async () => {
        started.push(index);
        await door;
      }),
    );
    expect(started).toEqual([0, 1]);
    doors[1]!.open();
    await running[1];
    await Promise.resolve();
    expect(started).toEqual([0, 1, 2]);
    doors.forEach(({ open }) => {
      open();
    });
    await Promise.all(running);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('gives the place back when a task fails', async () => {
    const limit = new InFlightLimit(1, 0);
    await expect(limit.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit.run(() => Promise.resolve('yes'))).toBe('yes');
  });

  it('turns away who finds the waiting room full', async () => {
    const limit = new InFlightLimit(1, 1);
    const { door, open } = openDoor();
    const running = [limit.run(() => door), limit.run(() => door)];
    await expect(limit.run(() => door)).rejects.toBeInstanceOf(EventStoreBusyError);
    open();
    await Promise.all(running);
  });
});
