import {
  EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
} from '@eventstore/db-client';

export type Calls = Readonly<Record<string, (client: EventStoreDBClient) => Promise<unknown>>>;

const toStream = persistentSubscriptionToStreamSettingsFromDefaults();
const toAll = persistentSubscriptionToAllSettingsFromDefaults();
const firstOf = (subscription: PersistentSubscriptionToAll | PersistentSubscriptionToStream) =>
  subscription[Symbol.asyncIterator]().next();

/** The client asks for these over gRPC whatever the server announces. */
export const overGrpc: Calls = {
  createPersistentSubscriptionToStream: (c) => c.createPersistentSubscriptionToStream('s', 'g', toStream),
  updatePersistentSubscriptionToStream: (c) => c.updatePersistentSubscriptionToStream('s', 'g', toStream),
  deletePersistentSubscriptionToStream: (c) => c.deletePersistentSubscriptionToStream('s', 'g'),
  subscribeToPersistentSubscriptionToStream: (c) =>
    firstOf(c.subscribeToPersistentSubscriptionToStream('s', 'g')),
  createProjection: (c) => c.createProjection('p', 'fromAll()'),
  updateProjection: (c) => c.updateProjection('p', 'fromAll()'),
  deleteProjection: (c) => c.deleteProjection('p'),
  enableProjection: (c) => c.enableProjection('p'),
  disableProjection: (c) => c.disableProjection('p'),
  abortProjection: (c) => c.abortProjection('p'),
  resetProjection: (c) => c.resetProjection('p'),
  getProjectionState: (c) => c.getProjectionState('p'),
  getProjectionResult: (c) => c.getProjectionResult('p'),
  getProjectionStatus: (c) => c.getProjectionStatus('p'),
  listProjections: (c) => c.listProjections(),
  restartSubsystem: (c) => c.restartSubsystem(),
};

/** These it asks for over HTTP/1.1 where they are not announced. */
export const overHttp: Calls = {
  getPersistentSubscriptionToStreamInfo: (c) => c.getPersistentSubscriptionToStreamInfo('s', 'g'),
  listAllPersistentSubscriptions: (c) => c.listAllPersistentSubscriptions(),
  listPersistentSubscriptionsToStream: (c) => c.listPersistentSubscriptionsToStream('s'),
  replayParkedMessagesToStream: (c) => c.replayParkedMessagesToStream('s', 'g'),
  restartPersistentSubscriptionSubsystem: (c) => c.restartPersistentSubscriptionSubsystem(),
};

/** And these it does not even ask for. */
export const unasked: Calls = {
  createPersistentSubscriptionToAll: (c) => c.createPersistentSubscriptionToAll('g', toAll),
  updatePersistentSubscriptionToAll: (c) => c.updatePersistentSubscriptionToAll('g', toAll),
  deletePersistentSubscriptionToAll: (c) => c.deletePersistentSubscriptionToAll('g'),
  subscribeToPersistentSubscriptionToAll: (c) => firstOf(c.subscribeToPersistentSubscriptionToAll('g')),
  getPersistentSubscriptionToAllInfo: (c) => c.getPersistentSubscriptionToAllInfo('g'),
  listPersistentSubscriptionsToAll: (c) => c.listPersistentSubscriptionsToAll(),
  replayParkedMessagesToAll: (c) => c.replayParkedMessagesToAll('g'),
};

/** What the rest of the suite is about, and deletes, which are refused by name. */
export const testedElsewhere = [
  'appendToStream',
  'readAll',
  'readStream',
  'subscribeToAll',
  'subscribeToStream',
  'getStreamMetadata',
  'setStreamMetadata',
  'deleteStream',
  'tombstoneStream',
];
const noOperation = [
  'constructor',
  'connectionName',
  'HTTPRequest',
  'createDeadline',
  'capabilities',
  'throwOnAppendFailure',
];

/** Names of all operations that the client offers. */
export const offered = (): string[] =>
  Object.getOwnPropertyNames(EventStoreDBClient.prototype).filter((name) => !noOperation.includes(name));
