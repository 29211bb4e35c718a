import { Doc } from '../bson/doc.js';
import { double } from '../bson/values.js';
import { fail, MongoError } from '../errors.js';
import type { Engine } from '../engine.js';
import { Execution } from '../query/execution.js';
import type { Request } from '../wire/message.js';
import { aggregateCommand } from './aggregate.js';
import { collectionCommands } from './collections.js';
import { Fields, refuseUnknownFields, type Call, type Command, type Commands } from './command.js';
import { checkConcerns } from './concerns.js';
import { countCommand, distinctCommand } from './count.js';
import { deleteCommand } from './delete.js';
import { explainCommands } from './explain.js';
import { findAndModifyCommand } from './find-and-modify.js';
import { cursorCommands } from './find.js';
import { indexCommands } from './indexes.js';
import { insertCommand } from './insert.js';
import { statusCommands } from './status.js';
import { unsupportedCommands } from './unsupported.js';
import { updateCommand } from './update.js';

export const commands: Commands = {
  ...unsupportedCommands,
  ...statusCommands,
  listCommands: { fields: [], run: () => Doc.of({ commands: Doc.of(Object.fromEntries(known())) }) },
  ...collectionCommands,
  ...indexCommands,
  ...cursorCommands,
  ...explainCommands,
  insert: insertCommand,
  update: updateCommand,
  delete: deleteCommand,
  findAndModify: findAndModifyCommand,
  findandmodify: findAndModifyCommand,
  count: countCommand,
  distinct: distinctCommand,
  aggregate: aggregateCommand,
};

/** Those that do something. */
const known = (): [string, Doc][] =>
  Object.keys(commands)
    .filter((name) => !Object.hasOwn(unsupportedCommands, name))
    .sort()
    .map((name) => [name, Doc.of({ help: '', requiresAuth: false, secondaryOk: false, adminOnly: false })]);

/** Answers every request, with an error where need be. */
export async function answer(engine: Engine, request: Request, connection: number): Promise<Doc> {
  try {
    const result = await run(engine, request, connection);
    return Doc.fromLists([...result.keys, 'ok'], [...result.values, double(1)]);
  } catch (error) {
    return errorAnswer(error);
  }
}

function run(engine: Engine, request: Request, connection: number): Doc | Promise<Doc> {
  const { body, sequences } = request;
  const [name = ''] = body.keys;
  const db = body.get('$db');
  if (typeof db !== 'string') throw fail('InvalidNamespace', 'OP_MSG requests require a $db argument');
  const command = Object.hasOwn(commands, name) ? (commands[name] as Command) : undefined;
  if (!command) throw fail('CommandNotFound', `no such command: '${name}'`);
  refuseTransaction(body);
  const execution = new Execution();
  const fields = new Fields(name, body);
  execution.limitTime(name === 'getMore' ? 0 : (fields.count('maxTimeMS') ?? 0));
  execution.isAwaited = () => engine.peers.has(connection);
  checkConcerns(body);
  const call: Call = { engine, name, db, body, sequences, execution, connection };
  engine.opCounters.count(name, body, sequences);
  if (command.fields[0] !== '*') refuseUnknownFields(call, command);
  return command.run(call);
}

/** The words of a standalone; drivers send these fields unasked. */
function refuseTransaction(body: Doc): void {
  if (body.has('txnNumber') || body.has('startTransaction') || body.has('autocommit')) {
    throw fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  const api = body.get('apiVersion');
  if (api !== undefined && api !== '1') throw fail('APIVersionError', 'API version must be "1"');
}

export function errorAnswer(error: unknown): Doc {
  const known =
    error instanceof MongoError ? error : fail('InternalError', `Unexpected failure: ${String(error)}`);
  const details = known.details ? Object.fromEntries(known.details.entries()) : {};
  return Doc.of({
    ok: double(0),
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...details,
  });
}
