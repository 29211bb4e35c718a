import type { AnyBulkWriteOperation, Collection } from 'mongodb';

export interface Row {
  _id: string;
  version: number;
  group: number;
  tags: string[];
  serial: string;
  /** Mostly short; some make a document longer than a page of the storage, few a bulk longer than a turn of it. */
  pad: string;
}

/** What the storage may hold of one document: what was acknowledged, or what was on its way when the server died. */
export interface Knowledge {
  /** undefined: not there. */
  acknowledged: number | undefined;
  pending: { version: number | undefined } | undefined;
}

export type Random = () => number;

/** One client with documents of its own: it knows what each of them must be. */
export class Writer {
  readonly known = new Map<string, Knowledge>();
  acknowledged = 0;
  /** Its last write was not acknowledged. */
  ended = false;
  private version = 0;

  constructor(
    private readonly name: string,
    private readonly random: Random,
    private readonly keys: number,
  ) {}

  /** Writes until the server is gone. */
  async run(collection: Collection<Row>): Promise<void> {
    this.ended = false;
    try {
      for (;;) await this.batch(collection);
    } catch {
      // Killed: what was pending stays pending.
      this.ended = true;
    }
  }

  private row(key: number): Row {
    const version = ++this.version;
    const tags = Array.from({ length: Math.floor(this.random() * 4) }, (_, i) => `t${(version + i) % 17}`);
    return {
      _id: `${this.name}-${key}`,
      version,
      group: version % 13,
      tags,
      serial: `${this.name}-${key}-${version}`,
      pad: padOf(version).repeat(this.padLength()),
    };
  }

  private padLength(): number {
    const choice = this.random();
    return Math.floor(this.random() * (choice < 0.02 ? 60_000 : choice < 0.2 ? 6000 : 100));
  }

  private async batch(collection: Collection<Row>): Promise<void> {
    const keys = new Set(
      Array.from({ length: 1 + Math.floor(this.random() * 30) }, () => Math.floor(this.random() * this.keys)),
    );
    const operations: AnyBulkWriteOperation<Row>[] = [];
    const results = new Map<string, number | undefined>();
    for (const key of keys) {
      const row = this.row(key);
      const choice = this.random();
      const { _id, ...content } = row;
      const present = this.known.get(_id)?.acknowledged !== undefined;
      if (choice < 0.15) operations.push({ deleteOne: { filter: { _id } } });
      else if (choice < 0.5)
        operations.push({ updateOne: { filter: { _id }, update: { $set: content }, upsert: true } });
      else if (choice < 0.6 && !present) operations.push({ insertOne: { document: row } });
      else operations.push({ replaceOne: { filter: { _id }, replacement: content, upsert: true } });
      results.set(_id, choice < 0.15 ? undefined : row.version);
    }
    for (const [id, version] of results) {
      const knowledge = this.known.get(id) ?? { acknowledged: undefined, pending: undefined };
      knowledge.pending = { version };
      this.known.set(id, knowledge);
    }
    await collection.bulkWrite(operations, { ordered: this.random() < 0.5 });
    this.acknowledged++;
    for (const [id, version] of results) this.known.set(id, { acknowledged: version, pending: undefined });
  }

  /** Compares with what the storage holds, which becomes what is known. Gives what is wrong. */
  async compare(collection: Collection<Row>): Promise<string[]> {
    const problems: string[] = [];
    const found = new Map<string, Row>();
    for await (const row of collection.find({ _id: { $in: [...this.known.keys()] } }))
      found.set(row._id, row);
    for (const [id, { acknowledged, pending }] of this.known) {
      const row = found.get(id);
      const allowed = pending ? [acknowledged, pending.version] : [acknowledged];
      if (!allowed.includes(row?.version)) {
        problems.push(
          `${id} is ${row?.version ?? 'missing'}, expected ${allowed.map((one) => one ?? 'missing').join(' or ')}`,
        );
      }
      if (row && !isWhole(row)) problems.push(`${id} is half-written`);
      this.known.set(id, { acknowledged: row?.version, pending: undefined });
    }
    return problems;
  }
}

const padOf = (version: number): string => String.fromCharCode(97 + (version % 26));

const isWhole = ({ _id, version, group, serial, pad }: Row): boolean =>
  serial === `${_id}-${version}` && group === version % 13 && pad === padOf(version).repeat(pad.length);

/** Mulberry32: the same numbers for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
