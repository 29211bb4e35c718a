import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import type { Actor } from '#libs/event-contracts/index.js';
import { complaintStream } from '#libs/event-contracts/index.js';
import { type EventStore, connectEventStore } from '#libs/event-store/index.js';
import { MasterKey, createSealer } from '#libs/personal-data/index.js';
import { type ReadStore, commandKeysOn, connectReadStore, openKeyStore } from '#libs/read-store/index.js';
import { type TestEngines, startTestEngines } from '#libs/testing/embedded-engines.js';
import {
  type CommandHandling,
  type CommandKeys,
  CommandRefusedError,
  ComplaintCache,
  IdempotencyKeyReusedError,
  RaceLostError,
  backOff,
  handleComplaintCommand,
} from './index.js';

const agent: Actor = { sub: 'agent-1', name: 'Agent', role: 'agent' };
const officer: Actor = { sub: 'officer-1', name: 'Officer', role: 'officer', team: 'plumbing' };
const contexts = {
  contextFor: () => ({
    hasTeam: () => true,
    hasCallTreeNode: () => true,
    hasCategory: () => true,
    policy: { reopenWindowMs: 0, surveyAttempts: 3 },
  }),
};

const masterKey = MasterKey.random();
let engines: TestEngines;
let eventStore: EventStore;
let readStore: ReadStore;
let keyStore: Awaited<ReturnType<typeof openKeyStore>>;

beforeAll(async () => {
  engines = await startTestEngines();
  eventStore = await connectEventStore({ url: engines.eventStore.url });
  readStore = await connectReadStore({ url: engines.mongo.url });
  keyStore = await openKeyStore({ url: engines.mongo.url, masterKey });
});

afterAll(async () => {
  await Promise.all([eventStore.close(), readStore.close(), keyStore.close()]);
  await engines.stop();
});

/** One process of the product, with a memory of its own. */
function instance(commandKeys: CommandKeys = commandKeysOn(readStore)): CommandHandling {
  return {
    eventStore,
    commandKeys,
    sealer: createSealer(keyStore, masterKey),
    contexts,
    cache: new ComplaintCache(100),
    now: () => new Date().toISOString(),
    newId: () => uuidV7(),
    backOff,
  };
}

function receive(key?: string, subject = 'Leak') {
  return {
    type: 'receive',
    data: {
      customer: { kind: 'owner', name: 'Ayşe Örnek' },
      channel: 'phone',
      contactedAt: '2026-01-05T08:00:00.000Z',
      callTree: 'defects',
      subject,
      description: 'Water',
    },
    origin: origin(key),
  } as const;
}

function origin(key?: string, actor = agent) {
  return {
    actors: [actor] as const,
    correlationId: 'test',
    ...(key === undefined ? {} : { idempotencyKey: { callerSub: actor.sub, key } }),
  };
}

function note(complaintId: string, key: string, text = key) {
  return { type: 'recordFollowUp', complaintId, data: { note: text }, origin: origin(key) } as const;
}

async function eventsOf(complaintId: string): Promise<string[]> {
  const types: string[] = [];
  for await (const message of eventStore.readStream(complaintStream(complaintId))) {
    if (message.kind === 'event') types.push(message.event.type);
  }
  return types;
}

describe('a command', () => {
  it('is sealed before it reaches the log', async () => {
    const { answer } = await handleComplaintCommand(instance(), receive());
    for await (const message of eventStore.readStream(complaintStream(answer.id))) {
      expect(JSON.stringify(message)).not.toMatch(/Ayşe|Leak|Water/);
    }
  });

  it('with a key is done once, whichever instance gets it again', async () => {
    const key = uuidV7();
    const first = await handleComplaintCommand(instance(), receive(key));
    const again = await handleComplaintCommand(instance(), receive(key));
    expect(again).toEqual({ answer: first.answer, repeated: true });
    expect(await eventsOf(first.answer.id)).toEqual(['ComplaintReceived']);
  });

  it('with a key that was used for something else is refused', async () => {
    const key = uuidV7();
    await handleComplaintCommand(instance(), receive(key));
    await expect(handleComplaintCommand(instance(), receive(key, 'Other'))).rejects.toThrow(
      IdempotencyKeyReusedError,
    );
  });

  it('cut off between its claim and its append is done by the retry, under the id that was reserved', async () => {
    const key = uuidV7();
    const keys = commandKeysOn(readStore);
    let reserved = '';
    const dying = instance({
      find: (commandId) => keys.find(commandId),
      claim: async (commandId, claim) => {
        reserved = (await keys.claim(commandId, claim)).streamId;
        throw new Error('power cut');
      },
    });
    await expect(handleComplaintCommand(dying, receive(key))).rejects.toThrow('power cut');
    const { answer } = await handleComplaintCommand(instance(), receive(key));
    expect(complaintStream(answer.id)).toBe(reserved);
    expect(await eventsOf(answer.id)).toEqual(['ComplaintReceived']);
  });

  it('refused on the grounds of an old memory is judged again on the log', async () => {
    const [here, there] = [instance(), instance()];
    const { id } = (await handleComplaintCommand(here, receive())).answer;
    await handleComplaintCommand(there, {
      type: 'route',
      complaintId: id,
      data: { team: 'plumbing' },
      origin: origin(),
    });
    const opened = await handleComplaintCommand(here, {
      type: 'open',
      complaintId: id,
      data: {},
      origin: origin(undefined, officer),
    });
    expect(opened.answer.events).toEqual(['ActivityOpened']);
  });

  it('pinned to a revision loses when the complaint has moved on, and wins when it has not', async () => {
    const { id } = (await handleComplaintCommand(instance(), receive())).answer;
    const pinned = (revision: number) => ({
      ...note(id, uuidV7()),
      origin: { ...origin(), expectedRevision: revision },
    });
    await handleComplaintCommand(instance(), pinned(0));
    await expect(handleComplaintCommand(instance(), pinned(0))).rejects.toThrow(RaceLostError);
    await expect(handleComplaintCommand(instance(), pinned(1))).resolves.toBeDefined();
  });

  it('refused changes nothing and binds no key', async () => {
    const { id } = (await handleComplaintCommand(instance(), receive())).answer;
    const key = uuidV7();
    const close = { type: 'close', complaintId: id, data: {}, origin: origin(key) } as const;
    await expect(handleComplaintCommand(instance(), close)).rejects.toThrow(CommandRefusedError);
    expect(await eventsOf(id)).toHaveLength(1);
    await expect(handleComplaintCommand(instance(), note(id, key))).resolves.toMatchObject({
      repeated: false,
    });
  });

  it('sent any number of times, to any instances, at any time, leaves one event', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ command: fc.nat({ max: 5 }), instance: fc.nat({ max: 2 }) }), {
          minLength: 1,
          maxLength: 25,
        }),
        async (sendings) => {
          const instances = [instance(), instance(), instance()];
          const { id } = (await handleComplaintCommand(instance(), receive())).answer;
          const answers = await Promise.all(
            sendings.map(async (sending) => {
              const outcome = await handleComplaintCommand(
                instances[sending.instance]!,
                note(id, `${id}-${sending.command}`),
              );
              return [sending.command, outcome.answer.revision] as const;
            }),
          );
          const revisions = new Map(answers);
          for (const [command, revision] of answers) expect(revision).toBe(revisions.get(command));
          expect(await eventsOf(id)).toHaveLength(1 + revisions.size);
        },
      ),
      { numRuns: 25 },
    );
  });
});
