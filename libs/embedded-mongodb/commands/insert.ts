import { Doc } from '../bson/doc.js';
import { fail } from '../errors.js';
import { pause } from '../query/execution.js';
import { prepareInsert } from '../update/apply-update.js';
import { collectionName, Fields, refuseOption, type Call, type Command } from './command.js';
import { WriteErrors, writeAnswer } from './write-errors.js';

export const largestBatch = 100_000;

export function checkBatch(statements: readonly unknown[]): void {
  if (statements.length < 1 || statements.length > largestBatch) {
    throw fail(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${largestBatch}. Got ${statements.length} operations.`,
    );
  }
}

async function insert(call: Call): Promise<Doc> {
  const { engine, execution, db } = call;
  const name = collectionName(call);
  const fields = new Fields('insert', call.body);
  refuseOption('encryptionInformation', fields.value('encryptionInformation'));
  const documents = fields.documents('documents', call.sequences);
  checkBatch(documents);
  const errors = new WriteErrors(fields.flag('ordered', true));
  return engine.write(execution, function* () {
    const collection = engine.ensureCollection(db, name);
    let n = 0;
    for (const [index, document] of documents.entries()) {
      try {
        engine.records.insert(collection, prepareInsert(document));
        n++;
      } catch (error) {
        if (errors.add(index, error)) break;
      }
      if (execution.pauseDue) yield pause;
    }
    return writeAnswer(n, {}, errors);
  });
}

export const insertCommand: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation', 'encryptionInformation', 'stmtId', 'stmtIds'],
  run: insert,
};
