import { canonicalEvent, eventHash, type HashedEvent } from './event-hash.js';

const event: HashedEvent = {
  streamId: 'complaint-01890a5d-ac96-774b-bcce-b302099a8057',
  revision: 1,
  eventId: '7b0e2a43-5f0a-5e0c-9d4e-0c7d4f8c1f11',
  type: 'ComplaintRouted',
  data: { team: 'plumbing', reason: 'sealed:1:customer-1:AbC_-1' },
  metadata: {
    schemaVersion: 1,
    occurredAt: '2024-03-01T09:00:00.000Z',
    actor: { sub: 'ayse', name: 'Ayşe Yılmaz', role: 'agent' },
    commandId: 'c-1',
    $correlationId: 'c-1',
    $causationId: 'c-1',
    previousHash: '0'.repeat(64),
  },
};

describe('The hash of an event', () => {
  it('is SHA-256 over its canonical JSON: keys sorted, no blanks, text as UTF-8', () => {
    expect(canonicalEvent(event)).toBe(
      '{"data":{"reason":"sealed:1:customer-1:AbC_-1","team":"plumbing"},' +
        '"eventId":"7b0e2a43-5f0a-5e0c-9d4e-0c7d4f8c1f11",' +
        '"metadata":{"$causationId":"c-1","$correlationId":"c-1",' +
        '"actor":{"name":"Ayşe Yılmaz","role":"agent","sub":"ayse"},"commandId":"c-1",' +
        '"occurredAt":"2024-03-01T09:00:00.000Z",' +
        `"previousHash":"${'0'.repeat(64)}","schemaVersion":1},` +
        '"revision":1,"streamId":"complaint-01890a5d-ac96-774b-bcce-b302099a8057","type":"ComplaintRouted"}',
    );
    expect(eventHash(event)).toBe('72f394c52b0434fb1442b8c13bd491fca6196fc4467eb2109af367141cbe6250');
  });

  it('is the same whatever the order in which the keys were written', () => {
    const { team, reason } = event.data as { team: string; reason: string };
    expect(eventHash({ ...event, data: { reason, team } })).toBe(eventHash(event));
  });

  it('does not cover itself, so that a stored event is checked as it is', () => {
    const stored = { ...event, metadata: { ...event.metadata, hash: 'f'.repeat(64) } };
    expect(eventHash(stored)).toBe(eventHash(event));
  });

  it.each<[string, HashedEvent]>([
    ['another stream', { ...event, streamId: 'complaint-x' }],
    ['another place in the stream', { ...event, revision: 2 }],
    ['another id', { ...event, eventId: '7b0e2a43-5f0a-5e0c-9d4e-0c7d4f8c1f12' }],
    ['another type', { ...event, type: 'ActivityOpened' }],
    ['other content', { ...event, data: { team: 'plumbing' } }],
    [
      'another actor',
      { ...event, metadata: { ...event.metadata, actor: { sub: 'x', name: 'x', role: 'agent' } } },
    ],
    ['another moment', { ...event, metadata: { ...event.metadata, occurredAt: '2024-03-01T09:00:00.001Z' } }],
    ['another predecessor', { ...event, metadata: { ...event.metadata, previousHash: '1'.repeat(64) } }],
    ['a request digest', { ...event, metadata: { ...event.metadata, requestHash: 'r' } }],
  ])('changes with %s', (_, other) => {
    expect(eventHash(other)).not.toBe(eventHash(event));
  });

  it('orders keys by UTF-16 code units and writes numbers as RFC 8785 does', () => {
    const data = JSON.parse(
      '{"€":1,"\\r":2,"\\ufb33":3,"1":4,"😀":5,"\\u0080":6,"ö":7,"n":[1e30,4.5,2e-3,1e-27]}',
    ) as unknown;
    expect(canonicalEvent({ ...event, data })).toContain(
      '"data":{"\\r":2,"1":4,"n":[1e+30,4.5,0.002,1e-27],"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    );
  });
});
