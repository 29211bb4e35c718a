import { handleComplaintCommand } from '#libs/command-handling/index.js';
import { escalateComplaint, type Escalating } from '#libs/escalation/index.js';
import type { Actor, ComplaintEventData } from '#libs/event-contracts/index.js';
import { startClockwork, type Clockwork } from '#test/escalation/clockwork.js';

const AGENT: Actor = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
const MINUTE = 60_000;
const SECOND = 1000;
const minutesAgo = (minutes: number): number => Date.now() - minutes * MINUTE;

describe('Escalation by the clock', () => {
  let clockwork: Clockwork;
  const levelsOf = async (id: string): Promise<ComplaintEventData['ComplaintEscalated'][]> =>
    (await clockwork.escalationsOf(id)).map(({ data }) => data as ComplaintEventData['ComplaintEscalated']);
  const reaches = (id: string, level: number): Promise<void> =>
    clockwork.until(async () => (await levelsOf(id)).at(-1)?.level === level);

  beforeAll(async () => {
    clockwork = await startClockwork();
  });
  afterAll(async () => {
    await clockwork.stop();
  });

  afterEach(async () => {
    await clockwork.restUntilNext();
  });

  it('happens within two seconds of the moment, by the system, and says by which rule', async () => {
    await clockwork.escalate();
    const id = await clockwork.receive(minutesAgo(30) + 2 * SECOND);
    await reaches(id, 1);
    const { data: said, metadata } = (await clockwork.escalationsOf(id))[0]!;
    const data = said as ComplaintEventData['ComplaintEscalated'];
    expect(data).toMatchObject({
      cycle: 1,
      level: 1,
      at: '50%',
      policyVersion: 1,
      notify: ['team', 'supervisor'],
    });
    expect(Date.parse(data.dueAt) - Date.parse(data.reachedAt)).toBe(30 * MINUTE);
    expect(metadata.actor).toMatchObject({ sub: 'system', role: 'system' });
    expect(Date.parse(metadata.occurredAt)).toBeGreaterThan(Date.parse(data.reachedAt));
    expect(data.lateBySeconds).toBeLessThanOrEqual(2);
  });

  it('happens late but once for what passed while nothing ran: each level, in order', async () => {
    const id = await clockwork.receive(minutesAgo(90));
    await clockwork.aWhile();
    expect(await levelsOf(id)).toEqual([]);
    await clockwork.escalate();
    await reaches(id, 2);
    await clockwork.aWhile();
    const levels = await levelsOf(id);
    expect(levels.map(({ level }) => level)).toEqual([1, 2]);
    expect(levels[0]?.lateBySeconds).toBeGreaterThanOrEqual(3600);
    expect(levels[1]?.lateBySeconds).toBeGreaterThanOrEqual(1800);
    expect(levels[1]?.lateBySeconds).toBeLessThan(3600);
  });

  it('never happens on a paused clock, and a pause moves the moment', async () => {
    const begunAt = minutesAgo(50);
    const paused = await clockwork.receive(begunAt);
    await clockwork.give(paused, 'pause', { reason: 'Müşteri evde değil' }, begunAt + 10 * MINUTE);
    await clockwork.escalate();
    await clockwork.aWhile();
    expect(await levelsOf(paused)).toEqual([]);
    const resumedAt = minutesAgo(21);
    await clockwork.give(paused, 'resume', {}, resumedAt);
    await reaches(paused, 1);
    const [{ reachedAt } = { reachedAt: '' }] = await levelsOf(paused);
    expect(Date.parse(reachedAt)).toBe(resumedAt + 20 * MINUTE);
  });

  it('never happens after a result or a withdrawal, and goes on when the result is rejected', async () => {
    const [resolved, withdrawn] = [
      await clockwork.receive(minutesAgo(40)),
      await clockwork.receive(minutesAgo(40)),
    ];
    const before = minutesAgo(35);
    await clockwork.give(
      resolved,
      'resolve',
      { outcome: 'explained', explanation: 'Vana kapalıymış' },
      before,
    );
    await clockwork.give(withdrawn, 'withdraw', { reason: 'Vazgeçti' }, before);
    await clockwork.escalate();
    await clockwork.aWhile();
    expect([await levelsOf(resolved), await levelsOf(withdrawn)]).toEqual([[], []]);
    await clockwork.give(resolved, 'reject', { reason: 'Hâlâ damlıyor' });
    await reaches(resolved, 1);
    expect(await levelsOf(withdrawn)).toEqual([]);
  });

  it('is done once when two instances run, and goes on when one of them ends', async () => {
    const [first] = [await clockwork.escalate(), await clockwork.escalate()];
    const ids = await Promise.all(Array.from({ length: 12 }, () => clockwork.receive(minutesAgo(61))));
    for (const id of ids) await reaches(id, 2);
    await first.stop();
    const later = await clockwork.receive(minutesAgo(61));
    await reaches(later, 2);
    for (const id of [...ids, later]) {
      expect((await levelsOf(id)).map(({ level }) => level)).toEqual([1, 2]);
    }
  });

  it('is recorded before what stops the clock or moves its target, also where no sweep has got to it', async () => {
    const [paused, reprioritised, noted] = await Promise.all(
      Array.from({ length: 3 }, () => clockwork.receive(minutesAgo(61))),
    );
    await clockwork.give(paused!, 'pause', { reason: 'Müşteri evde değil' });
    await clockwork.give(reprioritised!, 'prioritise', { priority: 'low', reason: 'Acele değil' });
    await clockwork.give(noted!, 'recordFollowUp', { note: 'Arandı' });
    for (const id of [paused!, reprioritised!]) {
      expect((await levelsOf(id)).map(({ level }) => level)).toEqual([1, 2]);
    }
    expect(await levelsOf(noted!)).toEqual([]);
  });

  it('is not recorded by a due moment that the complaint lost between the look and the command', async () => {
    const begunAt = minutesAgo(31);
    const id = await clockwork.receive(begunAt);
    let looks = 0;
    const currentCycle: Escalating['currentCycle'] = async (complaintId) => {
      const cycle = await clockwork.escalating.currentCycle(complaintId);
      looks += 1;
      if (looks > 1) return cycle;
      // Entered late by somebody else in this very moment: the customer had been away nearly all the time.
      for (const [type, data, at] of [
        ['pause', { reason: 'Müşteri evde değil' }, begunAt + MINUTE],
        ['resume', {}, begunAt + 30 * MINUTE],
      ] as const) {
        const occurredAt = new Date(at).toISOString();
        const origin = { actors: [AGENT], correlationId: complaintId, occurredAt } as const;
        await handleComplaintCommand(clockwork.handling, { type, complaintId, data, origin } as never);
      }
      return cycle;
    };
    expect(await escalateComplaint({ ...clockwork.escalating, currentCycle }, id)).toEqual({
      levels: [],
      overtaken: false,
    });
    expect([looks, await levelsOf(id)]).toEqual([2, []]);
  });

  it('is recorded once, and after a new look, when both levels are due and somebody writes in between', async () => {
    const id = await clockwork.receive(minutesAgo(61));
    let looks = 0;
    const currentCycle: Escalating['currentCycle'] = async (complaintId) => {
      const cycle = await clockwork.escalating.currentCycle(complaintId);
      looks += 1;
      if (looks === 1) await clockwork.give(complaintId, 'recordFollowUp', { note: 'Arandı' });
      return cycle;
    };
    const outcome = await escalateComplaint({ ...clockwork.escalating, currentCycle }, id);
    expect([looks, outcome]).toEqual([2, { levels: [1, 2], overtaken: false }]);
    expect((await levelsOf(id)).map(({ level }) => level)).toEqual([1, 2]);
  });

  it('is recorded up to when something entered late took hold', async () => {
    const id = await clockwork.receive(minutesAgo(61));
    const result = { outcome: 'explained', explanation: 'Vana kapalıymış' } as const;
    await clockwork.give(id, 'resolve', result, minutesAgo(20));
    expect((await levelsOf(id)).map(({ level }) => level)).toEqual([1]);
  });

  it('begins anew in a new cycle', async () => {
    const id = await clockwork.receive(minutesAgo(31));
    await clockwork.escalate();
    await reaches(id, 1);
    await clockwork.give(id, 'resolve', { outcome: 'explained', explanation: 'Vana kapalıymış' });
    await clockwork.give(id, 'confirm', {});
    await clockwork.give(id, 'close', {});
    await clockwork.give(id, 'reopen', { reason: 'Yine damlıyor' });
    await clockwork.aWhile();
    expect((await levelsOf(id)).map(({ cycle, level }) => [cycle, level])).toEqual([[1, 1]]);
  });
});
