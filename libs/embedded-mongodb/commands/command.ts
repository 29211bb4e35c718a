import type { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import { Doc as Document } from '../bson/doc.js';
import type { MaybeValue } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import type { Execution } from '../query/execution.js';
import type { Engine } from '../engine.js';

/** A command as it arrived. */
export interface Call {
  readonly engine: Engine;
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  readonly sequences: ReadonlyMap<string, readonly Doc[]>;
  readonly execution: Execution;
  readonly connection: number;
}

export interface Command {
  /** Fields that it understands; any other is an error, as with the server. */
  readonly fields: readonly string[];
  readonly run: (call: Call) => Doc | Promise<Doc>;
}

export type Commands = Readonly<Record<string, Command>>;

/** Typed access to a command's fields, with the server's words for what does not fit. */
export class Fields {
  constructor(
    private readonly command: string,
    private readonly doc: Doc,
  ) {}

  value(name: string): MaybeValue {
    const value = this.doc.get(name);
    return value === null ? undefined : value;
  }

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw this.missing(name);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrongType(name, value, 'string');
  }

  document(name: string): Doc {
    const value = this.optionalDocument(name);
    if (value === undefined) throw this.missing(name);
    return value;
  }

  optionalDocument(name: string): Doc | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Document) return value;
    throw this.wrongType(name, value, 'object');
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.value(name);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    if (isNumeric(value)) return toNumber(value) !== 0;
    throw this.wrongType(name, value, 'bool');
  }

  /** A whole number from zero up. */
  count(name: string): number | undefined {
    const number = this.integer(name);
    if (number !== undefined && number < 0)
      throw failAt(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
    return number;
  }

  integer(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw this.wrongType(name, value, 'long');
    const number = Math.trunc(toNumber(value));
    if (!Number.isSafeInteger(number))
      throw failAt(51024, `BSON field '${name}' value is no whole number: '${number}'`);
    return number;
  }

  documents(name: string, sequences: ReadonlyMap<string, readonly Doc[]>): readonly Doc[] {
    const sequence = sequences.get(name);
    if (sequence) return sequence;
    const value = this.value(name);
    if (value === undefined) throw this.missing(name);
    if (!isArray(value)) throw this.wrongType(name, value, 'array');
    return value.map((item) => {
      if (!(item instanceof Document)) throw this.wrongType(`${name}.0`, item, 'object');
      return item;
    });
  }

  missing(name: string) {
    return failAt(40414, `BSON field '${this.command}.${name}' is missing but a required field`);
  }

  private wrongType(name: string, value: MaybeValue, wanted: string) {
    return fail(
      'TypeMismatch',
      `BSON field '${this.command}.${name}' is the wrong type '${nameOfValue(value)}', expected type '${wanted}'`,
    );
  }
}

/** Any command may carry these. */
const generic = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  '$configServerState',
  '$audit',
  '$client',
  '$queryOptions',
  'lsid',
  'comment',
  'maxTimeMS',
  'maxTimeMSOpOnly',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'help',
]);

export function refuseUnknownFields(call: Call, command: Command): void {
  const known = [call.name, ...command.fields];
  for (const name of [...call.body.keys, ...call.sequences.keys()]) {
    if (generic.has(name) || known.includes(name)) continue;
    throw failAt(40415, `BSON field '${call.name}.${name}' is an unknown field.`);
  }
}

/** For the documents within a command: statements of an update, index specifications. */
export function refuseUnknown(where: string, doc: Doc, known: readonly string[]): void {
  const odd = doc.keys.find((key) => !known.includes(key));
  if (odd !== undefined) throw failAt(40415, `BSON field '${where}.${odd}' is an unknown field.`);
}

const simpleCollation = (value: MaybeValue): boolean =>
  value === undefined ||
  (value instanceof Document && (value.size === 0 || value.get('locale') === 'simple'));

/** Strings compare by their bytes here; another order would be another answer. */
export function refuseCollation(value: MaybeValue): void {
  if (!simpleCollation(value)) throw fail('NotImplemented', 'Collation is not supported by this server');
}

export function refuseOption(name: string, value: MaybeValue): void {
  if (value === undefined || value === false || value === null) return;
  throw fail('NotImplemented', `Option '${name}' is not supported by this server`);
}

export function collectionName(call: Call): string {
  const name = call.body.get(call.name);
  if (typeof name !== 'string')
    throw fail('InvalidNamespace', `collection name has invalid type ${nameOfValue(name)}`);
  checkNamespace(call.db, name);
  return name;
}

export function checkNamespace(db: string, name: string): void {
  checkDatabase(db);
  if (
    name === '' ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.includes('$') ||
    Buffer.byteLength(`${db}.${name}`) > 255
  ) {
    throw fail('InvalidNamespace', `Invalid namespace specified '${db}.${name}'`);
  }
}

export function checkDatabase(db: string): void {
  if (db === '' || db.length > 63 || /[/\\. "$\0]/.test(db))
    throw fail('InvalidNamespace', `Invalid database name: '${db}'`);
}
