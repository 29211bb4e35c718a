import { escalated, notice } from '../testing/entries.fixtures.js';
import { entriesOf } from './entries-of.js';

const { complaintId, reference, team, timeZone, link } = notice;
const context = { complaintId, reference, team, timeZone, link };
const NOW = '2026-03-02T14:00:02.000Z';

describe('The entries of an escalation', () => {
  it('are one for each addressee and channel, and say nothing personal', () => {
    const entries = entriesOf(escalated(['team', 'supervisor', 'team']), context, ['smtp', 'webhook'], NOW);
    expect(entries.map(({ whom, channel }) => [whom, channel])).toEqual([
      ['team', 'smtp'],
      ['team', 'webhook'],
      ['supervisor', 'smtp'],
      ['supervisor', 'webhook'],
    ]);
    expect(entries[0]).toMatchObject({ state: 'waiting', attempts: 0, nextAttemptAt: NOW, notice });
    expect(Object.keys(entries[0]!.notice).sort()).toEqual(Object.keys(notice).sort());
  });

  it('have the same ids whenever they are made again, and others for another escalation', () => {
    const ids = (event = escalated(['team', 'supervisor'])): string[] =>
      entriesOf(event, context, ['log', 'webhook'], NOW).map(({ _id }) => _id);
    expect(ids()).toEqual(ids());
    const other = escalated(['team', 'supervisor'], { eventId: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a12' });
    expect(new Set([...ids(), ...ids(other)]).size).toBe(8);
  });

  it('are stale when they were recorded more than a day before: then the outbox was lost', () => {
    const at = (recordedAt: string) =>
      entriesOf(escalated(['team'], { recordedAt }), context, ['log'], NOW)[0];
    expect(at('2026-03-01T14:00:02.000Z')).toMatchObject({ state: 'waiting' });
    expect(at('2026-03-01T14:00:01.999Z')).toMatchObject({ state: 'stale', settledAt: NOW });
  });

  it('are none where the policy names nobody', () => {
    expect(entriesOf(escalated([]), context, ['log'], NOW)).toEqual([]);
  });
});
