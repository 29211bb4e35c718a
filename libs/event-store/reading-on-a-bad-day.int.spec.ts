import { createEventStore } from './create-event-store.js';
import { contractsCodec } from './contracts-codec.js';
import { EventStoreDBClient } from '@eventstore/db-client';
import { EventStoreUnavailableError, SubscriptionDroppedError } from './event-store-errors.js';
import type { EventStore, LogMessage } from './event-store.port.js';
import { silentLogger } from './logger.js';
import { collect } from './testing/sample-events.js';
import { type ScriptedCall, type ScriptedServer, startScriptedServer } from './testing/scripted-server.js';

const at = (position: number) => {
  const half = String(position).padStart(20, '0');
  return `${half}-${half}`;
};

/** What arrives, as one word each: e1 is an event, p5 a position, u2 an undecodable event. */
const word = (message: LogMessage) =>
  (message.kind === 'position' ? 'p' : message.kind === 'event' ? 'e' : 'u') +
  String(Number((message.kind === 'position' ? message.position : message.event.position).slice(0, 20)));

describe('reading on a bad day', () => {
  let server: ScriptedServer;
  let store: EventStore;
  let play: (call: ScriptedCall) => void;

  beforeAll(async () => {
    server = await startScriptedServer((call) => {
      play(call);
    });
    const closing = new AbortController();
    const client = EventStoreDBClient.connectionString(server.url);
    store = createEventStore({
      reader: { client, stallMs: 2000, closed: closing.signal },
      closing,
      timeoutMs: 300,
      credentials: undefined,
      maxInFlight: 1,
      logger: silentLogger,
      codec: contractsCodec,
    });
  });
  afterAll(async () => {
    await store.close();
    server.stop();
  });

  type Way = (range: Range, signal: AbortSignal, take: (message: LogMessage) => void) => Promise<void>;
  interface Range {
    readonly prefixes: readonly string[];
    readonly after: string | undefined;
  }

  const subscribing: Way = async (range, signal, take) => {
    for await (const message of store.subscribe(range, signal)) take(message);
  };
  const following: Way = (range, signal, take) =>
    store.follow(range, signal, (message) => {
      take(message);
      return undefined;
    });

  async function listenBy(way: Way, count: number, after: string | undefined) {
    const words: string[] = [];
    const asked = new AbortController();
    try {
      await way({ prefixes: ['complaint-'], after }, asked.signal, (message) => {
        words.push(word(message));
        if (words.length === count) asked.abort();
      });
      return { words, error: undefined };
    } catch (error) {
      return { words, error };
    }
  }

  /** Reads until the subscription ends, or until `count` messages have come: in both ways, which must come to the same. */
  async function listen(count = Infinity, after?: string) {
    const subscribed = await listenBy(subscribing, count, after);
    expect(await listenBy(following, count, after)).toEqual(subscribed);
    return subscribed;
  }

  it('hands one message at a time to a reader that follows, in order, and waits for him (P-1)', async () => {
    play = (call) => {
      call.confirm();
      for (let position = 1; position <= 40; position += 1) call.event(position);
    };
    const seen: string[] = [];
    let inHand = 0;
    const asked = new AbortController();
    await store.follow({ prefixes: ['complaint-'] }, asked.signal, async (message) => {
      inHand += 1;
      expect(inHand).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.push(word(message));
      inHand -= 1;
      if (seen.length === 40) asked.abort();
    });
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => `e${index + 1}`));
  });

  it('delivers a position only after the events before it, however full the buffers are (P-2)', async () => {
    play = (call) => {
      call.confirm();
      for (let position = 1; position <= 100; position += 1) call.event(position);
      call.checkpoint(200);
      call.event(201);
    };
    const seen: string[] = [];
    const asked = new AbortController();
    for await (const message of store.subscribe({ prefixes: ['complaint-'] }, asked.signal)) {
      // A slow reader: everything that the server has sent is waiting meanwhile.
      if (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      seen.push(word(message));
      if (seen.length === 102) asked.abort();
    }
    expect(seen.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, index) => `e${index + 1}`));
    expect(seen.slice(100)).toEqual(['p200', 'e201']);
  });

  it('ends with the error of a reader that throws at a position, and gives the call up (P-3)', async () => {
    const calls: ScriptedCall[] = [];
    play = (call) => {
      calls.push(call);
      call.confirm();
      call.event(1);
      call.checkpoint(5);
      call.event(6);
    };
    const seen: string[] = [];
    const followed = store.follow({ prefixes: ['complaint-'] }, new AbortController().signal, (message) => {
      seen.push(word(message));
      if (message.kind === 'position') throw new Error('the reader cannot go on');
      return undefined;
    });
    await expect(followed).rejects.toThrow('the reader cannot go on');
    expect(seen).toEqual(['e1', 'p5']);
    await calls[0]!.cancelled;
  });

  it('passes over checkpoints that come twice, go backwards or lie before the start (P-10)', async () => {
    play = (call) => {
      call.confirm();
      call.checkpoint(3);
      call.event(7);
      call.checkpoint(7);
      call.checkpoint(5);
      call.checkpoint(8);
      call.checkpoint(8);
      call.event(9);
    };
    expect((await listen(3, at(4))).words).toEqual(['e7', 'p8', 'e9']);
  });

  it('delivers no event twice, even when the server repeats some', async () => {
    play = (call) => {
      call.confirm();
      for (const position of [4, 5, 5, 4, 6]) call.event(position);
    };
    expect((await listen(2, at(4))).words).toEqual(['e5', 'e6']);
  });

  it('delivers what arrived, then tells of a failed call, and gives the call up (P-4)', async () => {
    play = (call) => {
      call.confirm();
      call.event(1);
      setTimeout(() => {
        call.fail(14, 'gone');
      }, 30);
    };
    const { words, error } = await listen();
    expect(words).toEqual(['e1']);
    expect(error).toBeInstanceOf(SubscriptionDroppedError);
  });

  it('takes a polite end of the server for a drop (P-5)', async () => {
    play = (call) => {
      call.confirm();
      call.event(1);
      call.end();
    };
    const { words, error } = await listen();
    expect(words).toEqual(['e1']);
    expect(error).toBeInstanceOf(SubscriptionDroppedError);
  });

  it('ends without an error when it was asked to, and cancels the call', async () => {
    const calls: ScriptedCall[] = [];
    play = (call) => {
      calls.push(call);
      call.confirm();
      call.event(1);
    };
    expect(await listen(1)).toEqual({ words: ['e1'], error: undefined });
    await calls[0]!.cancelled;
  });

  it('cancels the call when the reader just leaves the loop', async () => {
    const calls: ScriptedCall[] = [];
    play = (call) => {
      calls.push(call);
      call.confirm();
      call.event(1);
    };
    for await (const _ of store.subscribe({ prefixes: ['complaint-'] }, new AbortController().signal)) break;
    await calls[0]!.cancelled;
  });

  it('can be ended while the server says nothing at all (P-7)', async () => {
    const asked = new AbortController();
    play = (call) => {
      call.confirm();
      setTimeout(() => {
        asked.abort();
      }, 30);
    };
    const messages: LogMessage[] = [];
    for await (const message of store.subscribe({ prefixes: ['complaint-'] }, asked.signal)) {
      messages.push(message);
    }
    expect(messages).toEqual([]);
  });

  it('does not wait for ever for a server that takes the call and never confirms it', async () => {
    play = () => undefined;
    expect((await listen()).error).toBeInstanceOf(SubscriptionDroppedError);
  });

  it('reads nothing into "caught up" (P-13) and survives a link whose target is gone (P-14)', async () => {
    play = (call) => {
      call.confirm();
      call.caughtUp();
      call.emptyEvent();
      call.event(1);
    };
    expect((await listen(1)).words).toEqual(['e1']);
  });

  it('lets no event of the system or of a foreign stream pass, whatever the server sends (P-11)', async () => {
    play = (call) => {
      call.confirm();
      call.event(1, { streamId: '$stats-127.0.0.1', type: '$statsCollected' });
      call.event(2, { streamId: 'team-plumbing' });
      call.event(3);
    };
    expect((await listen(1)).words).toEqual(['e3']);
  });

  it.each([
    ['malformed JSON, which the client hands out as a string (P-23)', { data: '{"team":' }],
    ['a JSON value that is no object', { data: '["plumbing"]' }],
    ['bytes', { contentType: 'application/octet-stream' }],
    ['no metadata', { metadata: '' }],
    ['data that breaks its schema', { data: '{"team":7}' }],
    ['an actor without a role', { metadata: healthy({ actor: { sub: 'ayse', name: 'Ayşe' } }) }],
    ['an occurredAt that is no instant', { metadata: healthy({ occurredAt: '2026-03-02T25:00:00.000Z' }) }],
    ['an occurredAt in another notation', { metadata: healthy({ occurredAt: '2026-03-02T09:00:00Z' }) }],
    ['a version of tomorrow', { metadata: healthy({ schemaVersion: 99 }) }],
  ])('hands on %s as undecodable, and goes on', async (_, poison) => {
    play = (call) => {
      call.confirm();
      call.event(1);
      call.event(2, poison);
      call.event(3);
    };
    expect((await listen(3)).words).toEqual(['e1', 'u2', 'e3']);
  });

  it('reads streams from the leader, for a follower may not know yet what was acknowledged (P-24)', async () => {
    const asked: boolean[] = [];
    play = (call) => {
      asked.push(call.requiresLeader);
      call.event(1);
      call.end();
    };
    expect((await collect(store.readStream('complaint-1'))).map(word)).toEqual(['e1']);
    expect(asked).toEqual([true]);
  });

  it.each([{}, { toRevision: 70 }, { direction: 'backwards', toRevision: 1 }] as const)(
    'lets the call of %j come to its end when its reader has left: a connection does not outlive many cancelled ones',
    async (range) => {
      const calls: ScriptedCall[] = [];
      let isCancelled = false;
      play = (call) => {
        calls.push(call);
        call.event(4);
        if (calls.length > 1) call.end();
      };
      for await (const message of store.readStream('complaint-1', range)) {
        expect(word(message)).toBe('e4');
        break;
      }
      void calls[0]!.cancelled.then(() => (isCancelled = true));
      // On the same connection: what was said of the first call has arrived before these.
      for (let read = 0; read < 2; read++) await collect(store.readStream('complaint-1'));
      expect(isCancelled).toBe(false);
      calls[0]!.end();
    },
  );

  it('does not wait for ever for the rest of a read', async () => {
    const calls: ScriptedCall[] = [];
    play = (call) => {
      calls.push(call);
      call.event(1);
    };
    await expect(collect(store.readStream('complaint-1'))).rejects.toBeInstanceOf(EventStoreUnavailableError);
    await calls[0]!.cancelled;
  });

  it('hands on an event of an unknown type as it is', async () => {
    play = (call) => {
      call.confirm();
      call.event(1, { type: 'ComplaintPraised', data: '{"stars":5}' });
    };
    const asked = new AbortController();
    for await (const message of store.subscribe({ prefixes: ['complaint-'] }, asked.signal)) {
      expect(message).toMatchObject({
        kind: 'event',
        event: { type: 'ComplaintPraised', data: { stars: 5 } },
      });
      asked.abort();
    }
  });
});

function healthy(changes: Record<string, unknown>): string {
  const actor = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
  const occurredAt = '2026-03-02T08:15:00.000Z';
  return JSON.stringify({ schemaVersion: 1, occurredAt, actor, commandId: 'c', hash: 'h', ...changes });
}
