import { hostname } from 'node:os';
import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { DateTime } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { collectionFigures } from '../commands/collections.js';
import type { Steps } from '../query/execution.js';
import type { StageParser } from './pipeline.js';

/** These stand first and have no input; the collection's name comes with the context. */
export const collStatsStage: StageParser = (operand, { engine, db, collection, execution }) => {
  if (!(operand instanceof Doc)) throw failAt(5447000, '$collStats must take a nested object');
  return function* (): Steps<Doc> {
    const entry = collection === undefined ? undefined : engine.collection(db, collection);
    if (!entry) throw fail('NamespaceNotFound', `Collection [${db}.${collection ?? ''}] not found.`);
    yield Doc.of({
      ns: `${db}.${collection ?? ''}`,
      host: hostname(),
      localTime: new DateTime(execution.now),
      storageStats: operand.has('storageStats') ? collectionFigures(engine, entry, 1) : undefined,
      count: operand.has('count') ? integer(entry.count) : undefined,
    });
  };
};

export const indexStatsStage: StageParser = (_, { engine, db, collection, execution }) =>
  function* (): Steps<Doc> {
    const entry = collection === undefined ? undefined : engine.collection(db, collection);
    for (const index of entry?.indexes ?? []) {
      yield Doc.of({
        name: index.name,
        key: index.key,
        host: hostname(),
        accesses: Doc.of({ ops: 0n, since: new DateTime(execution.now) }),
      });
    }
  };
