import { Doc } from './bson/doc.js';
import { isArray } from './bson/types.js';
import type { MaybeValue } from './bson/values.js';

const kinds = ['insert', 'query', 'update', 'delete', 'getmore', 'command'] as const;
type Kind = (typeof kinds)[number];

const statements: Readonly<Record<string, { kind: Kind; field?: string }>> = {
  insert: { kind: 'insert', field: 'documents' },
  update: { kind: 'update', field: 'updates' },
  delete: { kind: 'delete', field: 'deletes' },
  find: { kind: 'query' },
  getMore: { kind: 'getmore' },
};

/** What clients have asked for since the start, as serverStatus tells it: writes by document or statement, all else by command. */
export class OpCounters {
  private readonly counts = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));

  count(name: string, body: Doc, sequences: ReadonlyMap<string, readonly Doc[]>): void {
    const statement = Object.hasOwn(statements, name) ? statements[name] : undefined;
    const { kind, field = '' } = statement ?? { kind: 'command' };
    const list: MaybeValue = sequences.get(field) ?? body.get(field);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + (isArray(list) ? list.length : 1));
  }

  describe(): Doc {
    return Doc.of(Object.fromEntries([...this.counts].map(([kind, count]) => [kind, BigInt(count)])));
  }
}
