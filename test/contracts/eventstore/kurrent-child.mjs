// Runs in a process of its own: two client packages in one process corrupt each other through google-protobuf's global.proto.
import {
  KurrentDBClient,
  jsonEvent,
  NO_STREAM,
  persistentSubscriptionToAllSettingsFromDefaults as toAll,
  persistentSubscriptionToStreamSettingsFromDefaults as toStream,
  START,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { randomUUID } from 'node:crypto';

const client = KurrentDBClient.connectionString(process.argv[2]);
const stream = `kurrent-${randomUUID()}`;
const event = (n) =>
  jsonEvent({ type: 'Numbered', id: randomUUID(), data: { n }, metadata: { by: 'kurrent' } });
const fails = (promise) =>
  promise.then(
    () => 'taken',
    (error) => error.type ?? error.constructor.name,
  );
const said = {};

const batch = [event(0), event(1), event(2)];
const first = await client.appendToStream(stream, batch, { streamState: NO_STREAM });
const again = await client.appendToStream(stream, batch, { streamState: NO_STREAM });
said.appended = Number(first.nextExpectedRevision);
said.repeated = String(again.position?.commit) === String(first.position?.commit);
said.conflict = await fails(client.appendToStream(stream, event(9), { streamState: NO_STREAM }));
said.read = [];
for await (const { event: read } of client.readStream(stream))
  said.read.push([read.id === batch[read.data.n].id, read.data.n, read.metadata.by]);
said.all = 0;
for await (const { event: read } of client.readAll({ maxCount: 1000 }))
  if (read?.streamId === stream) said.all++;
said.missing = await fails(
  (async () => {
    await client.readStream(`none-${randomUUID()}`)[Symbol.asyncIterator]().next();
  })(),
);
said.subscribed = [];
const subscription = client.subscribeToAll({
  fromPosition: START,
  filter: streamNameFilter({ prefixes: [stream] }),
});
for await (const { event: received } of subscription) {
  said.subscribed.push(received.data.n);
  if (said.subscribed.length === 3) await client.appendToStream(stream, event(3));
  if (said.subscribed.length === 4) break;
}

const inSubset =
  /^(appendToStream|readAll|readStream|subscribeTo(All|Stream)|[gs]etStreamMetadata|constructor|connectionName|credentialsProvider|setCredentialsProvider|HTTPRequest|createDeadline|capabilities|throwOnAppendFailure|rustClient)$/;
const argumentsOf = {
  createPersistentSubscriptionToAll: ['g', toAll()],
  updatePersistentSubscriptionToAll: ['g', toAll()],
  createPersistentSubscriptionToStream: ['s', 'g', toStream()],
  updatePersistentSubscriptionToStream: ['s', 'g', toStream()],
  listAllPersistentSubscriptions: [],
  listPersistentSubscriptionsToAll: [],
  listPersistentSubscriptionsToStream: ['s'],
  restartPersistentSubscriptionSubsystem: [],
  restartSubsystem: [],
  listProjections: [],
  createProjection: ['p', 'fromAll()'],
  updateProjection: ['p', 'fromAll()'],
  multiStreamAppend: [[{ streamName: stream, events: [event(4)], expectedState: 'any' }]],
  appendRecords: [[{ streamName: stream, record: event(4) }]],
};
const outcome = async (call) => {
  const result = await call();
  await result?.[Symbol.asyncIterator]?.().next();
};
said.refused = {};
for (const name of Object.getOwnPropertyNames(KurrentDBClient.prototype).filter((n) => !inSubset.test(n))) {
  const args = argumentsOf[name] ?? (name.endsWith('ToStream') ? ['s', 'g'] : ['g']);
  said.refused[name] = await fails(outcome(() => client[name](...args)));
}
await client.dispose?.();
process.stdout.write(JSON.stringify(said), () => process.exit(0));
