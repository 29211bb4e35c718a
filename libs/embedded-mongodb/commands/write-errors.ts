import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { MongoError } from '../errors.js';

/** What went wrong with single statements of a bulk write; the others stand. */
export class WriteErrors {
  private readonly errors: Doc[] = [];

  constructor(private readonly ordered: boolean) {}

  /** True when the rest is not to be tried. Anything but a refusal is not for here. */
  add(index: number, error: unknown): boolean {
    if (!(error instanceof MongoError)) throw error;
    const details = error.details ? Object.fromEntries(error.details.entries()) : {};
    this.errors.push(Doc.of({ index, code: error.code, errmsg: error.message, ...details }));
    return this.ordered;
  }

  get list(): Value[] | undefined {
    return this.errors.length > 0 ? this.errors : undefined;
  }
}

export function writeAnswer(n: number, fields: Record<string, MaybeValue>, errors: WriteErrors): Doc {
  return Doc.of({ n: integer(n), ...fields, writeErrors: errors.list });
}
