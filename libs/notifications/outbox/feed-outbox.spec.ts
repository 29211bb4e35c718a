import { MemoryLog } from '#libs/testing/projections/memory-log.js';
import { escalated, notice } from '../testing/entries.fixtures.js';
import { MemoryOutbox } from '../testing/memory-outbox.js';
import { feedOutbox, type FeedParts } from './feed-outbox.js';

const never = new AbortController().signal;

describe('Feeding the outbox', () => {
  let log: MemoryLog;
  let outbox: MemoryOutbox;
  let unreadable: string[];
  let parts: FeedParts;
  const escalate = (complaint: string): void => {
    log.record(`complaint-${complaint}`, 'ComplaintEscalated', escalated(['team']).data);
  };

  beforeEach(() => {
    log = new MemoryLog();
    outbox = new MemoryOutbox();
    unreadable = [];
    parts = {
      log,
      outbox,
      channels: ['log'],
      contextOf: (complaintId) => Promise.resolve({ complaintId, reference: `SK-${complaintId}` }),
      now: () => '2023-11-14T22:13:21.000Z',
      onUnreadable: ({ streamId }) => unreadable.push(streamId),
    };
  });
  const told = (): string[] => [...outbox.entries.values()].map(({ notice: { reference } }) => reference);

  it('takes escalations and nothing else, each once', async () => {
    log.record('complaint-1', 'ComplaintRouted', { team: 'plumbing' });
    escalate('1');
    await feedOutbox(parts, never);
    expect(told()).toEqual(['SK-1']);
    escalate('2');
    await feedOutbox(parts, never);
    await feedOutbox(parts, never);
    expect(told()).toEqual(['SK-1', 'SK-2']);
  });

  it('loses nothing and repeats nothing when it dies between the entries and the position', async () => {
    escalate('1');
    escalate('2');
    const dying = new MemoryOutbox();
    dying.advance = () => Promise.reject(new Error('killed'));
    await expect(feedOutbox({ ...parts, outbox: dying }, never)).rejects.toThrow('killed');
    await outbox.add([...dying.entries.values()]);
    await outbox.delivered(outbox.only._id, notice.dueAt);
    await feedOutbox(parts, never);
    expect([...outbox.entries.values()].map(({ state }) => state)).toEqual(['delivered', 'waiting']);
  });

  it('goes on after an escalation that cannot be read, and says so', async () => {
    log.recordUndecodable('complaint-1', 'ComplaintEscalated');
    log.recordUndecodable('complaint-2', 'ActionRecorded');
    escalate('3');
    await feedOutbox(parts, never);
    expect([told(), unreadable]).toEqual([['SK-3'], ['complaint-1']]);
  });
});
