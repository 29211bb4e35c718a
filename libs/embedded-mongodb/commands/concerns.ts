import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import { fail } from '../errors.js';

const readable = ['local', 'available', 'majority'];

/** What a single server can promise. */
export function checkConcerns(body: Doc): void {
  const read = body.get('readConcern');
  const level = read instanceof Doc ? read.get('level') : undefined;
  if (level !== undefined && (typeof level !== 'string' || !readable.includes(level))) {
    if (level === 'snapshot' || level === 'linearizable') {
      throw fail('NotAReplicaSet', `node needs to be a replica set member to use readConcern '${level}'`);
    }
    throw fail(
      'FailedToParse',
      'readConcern.level must be either "local", "majority", "linearizable", "available", or "snapshot"',
    );
  }
  const write = body.get('writeConcern');
  const w = write instanceof Doc ? write.get('w') : undefined;
  if (isNumeric(w) && toNumber(w) > 1) {
    throw fail('BadValue', `cannot use 'w' > 1 when a host is not replicated`);
  }
  if (typeof w === 'string' && w !== 'majority') {
    throw fail(
      'BadValue',
      `cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`,
    );
  }
}
