import { fail, MongoError } from '../errors.js';
import { collectionName, type Call, type Commands } from './command.js';

/** Commands that clients know the server by and this one has not: told apart from words that are no command at all. */
const reasons: Readonly<Record<string, string>> = {
  collMod: 'drop the index and create it anew',
  compact: 'space that was freed is used again by itself',
  currentOp: 'operations are not listed; each ends at its maxTimeMS',
  dataSize: 'collStats tells the sizes',
  dbHash: 'there are no members to compare with',
  fsync: 'every acknowledged write is on disk already',
  killOp: 'give operations a maxTimeMS',
  profile: 'there is no profiler; explain shows what a query does',
  reIndex: 'drop the index and create it anew',
  top: 'times are not kept by collection',
  validate: 'stop the server and run "npx complaints engines check"',
};

/** Of those, the ones that name a collection, which is looked for first. */
const ofCollection = new Set(['collMod', 'compact', 'reIndex', 'validate']);

function refuse(call: Call, reason: string): never {
  if (ofCollection.has(call.name) && !call.engine.collection(call.db, collectionName(call)))
    throw fail('NamespaceNotFound', `ns does not exist: ${call.db}.${collectionName(call)}`);
  throw fail('CommandNotSupported', `${call.name} is not supported by this server: ${reason}`);
}

export const unsupportedCommands: Commands = {
  ...Object.fromEntries(
    Object.entries(reasons).map(([name, reason]) => [
      name,
      { fields: ['*'], run: (call: Call) => refuse(call, reason) },
    ]),
  ),
  replSetGetStatus: {
    fields: ['*'],
    run: () => {
      throw new MongoError(76, 'NoReplicationEnabled', 'not running with --replSet');
    },
  },
};
