import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue } from '../bson/values.js';
import { fail } from '../errors.js';
import { limited, mapped, skipped } from '../aggregate/steps.js';
import { findProjection } from '../projection/find-projection.js';
import { parseProjection } from '../projection/parse-projection.js';
import type { Execution, Steps } from '../query/execution.js';
import { collectionName, Fields, refuseCollation, refuseOption, type Call, type Command } from './command.js';
import { parseSelection, select, type Selection } from './select.js';

export interface FindRequest {
  readonly selection: Selection;
  readonly project: ((doc: Doc) => Doc) | undefined;
  readonly skip: number;
  readonly limit: number | undefined;
  readonly batchSize: number | undefined;
  readonly single: boolean;
}

export const findFields = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'collation',
  'let',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'noCursorTimeout',
  'allowPartialResults',
  'oplogReplay',
  'min',
  'max',
  'allowDiskUse',
  'ntoreturn',
];

export function parseFind(body: Doc, execution: Execution): FindRequest {
  const fields = new Fields('find', body);
  refuseCollation(fields.value('collation'));
  for (const name of ['tailable', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max', 'ntoreturn']) {
    refuseOption(name, fields.value(name));
  }
  const variables = variablesOf(fields.optionalDocument('let'));
  const selection = parseSelection(fields.optionalDocument('filter') ?? Doc.empty, execution, {
    sort: fields.optionalDocument('sort'),
    hint: fields.value('hint'),
    variables,
  });
  const projection = fields.optionalDocument('projection');
  const project =
    projection && projection.size > 0
      ? parseProjection(projection, execution, { variables, find: findProjection(selection.filter) })
      : undefined;
  return {
    selection,
    project,
    skip: fields.count('skip') ?? 0,
    limit: limitOf(fields),
    batchSize: fields.count('batchSize'),
    single: fields.flag('singleBatch'),
  };
}

/** Drivers turn the negative limit of old, a single batch, into `singleBatch` themselves. */
function limitOf(fields: Fields): number | undefined {
  const limit = fields.count('limit');
  return limit === 0 ? undefined : limit;
}

export function variablesOf(doc: Doc | undefined): ReadonlyMap<string, MaybeValue> | undefined {
  if (!doc) return undefined;
  for (const value of doc.values) {
    if ((typeof value === 'string' && value.startsWith('$')) || value instanceof Doc || isArray(value)) {
      throw fail('NotImplemented', `Values of 'let' other than constants are not supported by this server`);
    }
  }
  return new Map(doc.entries());
}

function find(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  const name = collectionName(call);
  const request = parseFind(call.body, execution);
  const namespace = `${db}.${name}`;
  const collection = engine.collection(db, name);
  return answerCursor(call, namespace, collection ? findSteps() : none(), request, 'firstBatch');

  function findSteps(): Steps<Doc> {
    if (!collection) return none();
    const wanted = request.limit === undefined ? Infinity : request.limit + request.skip;
    let steps: Steps<Doc> = mapped(
      select(engine, collection, request.selection, execution, wanted),
      ({ doc }) => doc,
    );
    if (request.skip > 0) steps = skipped(steps, request.skip);
    if (request.limit !== undefined) steps = limited(steps, request.limit, execution);
    return request.project ? mapped(steps, request.project) : steps;
  }
}

export function* none(): Steps<Doc> {
  // A collection that does not exist holds nothing.
}

export async function answerCursor(
  { engine, execution }: Pick<Call, 'engine' | 'execution'>,
  namespace: string,
  steps: Steps<Doc>,
  wish: { batchSize: number | undefined; single: boolean },
  field: string,
): Promise<Doc> {
  const batch = await engine.cursors.first(namespace, steps, execution, wish);
  return Doc.of({ cursor: Doc.of({ [field]: batch.documents, id: batch.id, ns: namespace }) });
}

export const findCommand: Command = { fields: findFields, run: find };

const getMore: Command = {
  fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  run: async ({ engine, body, db, execution }) => {
    const fields = new Fields('getMore', body);
    const id = fields.value('getMore');
    if (typeof id !== 'bigint') throw fail('TypeMismatch', `BSON field 'getMore.getMore' must be a long`);
    const namespace = `${db}.${fields.text('collection')}`;
    const size = fields.count('batchSize');
    if (body.has('maxTimeMS'))
      throw fail('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    if (size === 0) throw fail('BadValue', 'Batch size for getMore must be positive, but received: 0');
    const batch = await engine.cursors.more(id, namespace, size, execution);
    return Doc.of({ cursor: Doc.of({ nextBatch: batch.documents, id: batch.id, ns: namespace }) });
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  run: ({ engine, body, db }) => {
    const fields = new Fields('killCursors', body);
    const ids = fields.value('cursors');
    if (!isArray(ids)) throw fields.missing('cursors');
    const namespace = `${db}.${fields.text('killCursors')}`;
    const killed = ids.filter((id) => typeof id === 'bigint' && engine.cursors.kill(id, namespace));
    const others = ids.filter((id) => !killed.includes(id));
    return Doc.of({ cursorsKilled: killed, cursorsNotFound: others, cursorsAlive: [], cursorsUnknown: [] });
  },
};

export const cursorCommands = { find: findCommand, getMore, killCursors };
