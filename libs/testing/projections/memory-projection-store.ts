import {
  GuardMissError,
  PartitionLostError,
  type ActiveBuild,
  type BuildRecord,
  type CheckpointRecord,
  type DocumentWrite,
  type MemberRecord,
  type ParkedEvent,
  type ProjectionRequest,
  type ProjectionStore,
  type StoredDocument,
} from '#libs/projection-engine/index.js';
import { compileFilter } from '#libs/projection-engine/fold/refold-filter.js';

/** A double of the read store. What is claimed of it is proven on the real one too. */
export class MemoryProjectionStore implements ProjectionStore {
  readonly collections = new Map<string, Map<string, StoredDocument>>();
  readonly records = new Map<string, CheckpointRecord>();
  readonly buildRecords = new Map<string, BuildRecord>();
  readonly aliases = new Map<string, ActiveBuild>();
  readonly memberRecords = new Map<string, MemberRecord>();
  readonly parkedEvents = new Map<string, Map<string, ParkedEvent>>();
  readonly requestRecords = new Map<string, ProjectionRequest>();

  collection(name: string): Map<string, StoredDocument> {
    return entry(this.collections, name, () => new Map());
  }

  readonly documents: ProjectionStore['documents'] = {
    prepare: () => Promise.resolve(),
    load: (name, ids) => {
      const documents = ids.map((id) => this.collection(name).get(id)).filter((found) => found !== undefined);
      return Promise.resolve(structuredClone(documents));
    },
    write: async (name, writes) => {
      await Promise.resolve();
      for (const write of writes) this.applyWrite(name, write);
    },
    scan: (name, filter) => scan(this.collection(name), filter),
    // Ids of the double's complaints tell nothing of time.
    lastBegunBy: () => Promise.resolve(undefined),
    drop: (name) => {
      this.collections.delete(name);
      return Promise.resolve();
    },
  };

  readonly checkpoints: ProjectionStore['checkpoints'] = {
    ensure: (records) => {
      for (const record of records) if (!this.records.has(record._id)) this.records.set(record._id, record);
      return Promise.resolve();
    },
    read: (builds) =>
      Promise.resolve([...this.records.values()].filter(({ build }) => builds.includes(build))),
    claim: (id, seen, owner) => {
      const record = this.records.get(id);
      if (record?.owner !== seen.owner || record.epoch !== seen.epoch) return Promise.resolve(undefined);
      const claimed = { ...record, owner, epoch: record.epoch + 1 };
      this.records.set(id, claimed);
      return Promise.resolve(claimed);
    },
    release: (id, epoch) => {
      const record = this.records.get(id);
      if (record?.epoch === epoch) this.records.set(id, { ...record, owner: null });
      return Promise.resolve();
    },
    advance: async (advances) => {
      await Promise.resolve();
      const lost: string[] = [];
      for (const { id, epoch, progress, pending } of advances) {
        const record = this.records.get(id);
        if (record?.epoch === epoch) this.records.set(id, { ...record, ...progress, pending });
        else lost.push(id);
      }
      if (lost.length > 0) throw new PartitionLostError(lost);
    },
    remove: (build) => {
      for (const record of [...this.records.values()])
        if (record.build === build) this.records.delete(record._id);
      return Promise.resolve();
    },
  };

  readonly builds: ProjectionStore['builds'] = {
    all: () => Promise.resolve([...this.buildRecords.values()]),
    create: (record) => {
      const isNew = !this.buildRecords.has(record._id);
      if (isNew) this.buildRecords.set(record._id, record);
      return Promise.resolve(isNew);
    },
    update: (key, seen, change) => {
      const record = this.buildRecords.get(key);
      const { state, createdAt = record?.createdAt } = seen;
      const isAsSeen = record?.state === state && record.createdAt === createdAt;
      if (isAsSeen) this.buildRecords.set(key, { ...record, ...change });
      return Promise.resolve(isAsSeen);
    },
    fail: (key, failure) => {
      const record = this.buildRecords.get(key);
      if (record?.state === 'catching-up')
        this.buildRecords.set(key, { ...record, state: 'failed', failure });
      return Promise.resolve();
    },
    active: () => Promise.resolve([...this.aliases.values()]),
    activateFirst: (active) => {
      if (!this.aliases.has(active.name)) this.aliases.set(active.name, active);
      return Promise.resolve();
    },
    switchActive: (from, to) => {
      const alias = this.aliases.get(from.name);
      const isSame = alias?.version === from.version && alias.build === from.build;
      if (isSame) this.aliases.set(to.name, to);
      return Promise.resolve(isSame);
    },
  };

  readonly members: ProjectionStore['members'] = {
    all: () => Promise.resolve([...this.memberRecords.values()]),
    beat: (member) => {
      this.memberRecords.set(member._id, member);
      return Promise.resolve();
    },
    remove: (id) => {
      this.memberRecords.delete(id);
      return Promise.resolve();
    },
  };

  readonly parked: ProjectionStore['parked'] = {
    park: (name, events) => {
      const rows = entry(this.parkedEvents, name, () => new Map());
      for (const event of events) if (!rows.has(event._id)) rows.set(event._id, event);
      return Promise.resolve();
    },
    parkedFrom: (name, ids) => {
      const from = new Map<string, string>();
      for (const { complaintId, position } of this.rows(name)) {
        if (ids.includes(complaintId) && !from.has(complaintId)) from.set(complaintId, position);
      }
      return Promise.resolve(from);
    },
    ofComplaint: (name, complaintId) =>
      inOrder(this.rows(name).filter((row) => row.complaintId === complaintId)),
    page: (name, after = '', limit) =>
      Promise.resolve(
        this.rows(name)
          .filter(({ _id }) => _id > after)
          .slice(0, limit),
      ),
    find: (name, id) => Promise.resolve(this.parkedEvents.get(name)?.get(id)),
    remove: (name, ids) => {
      for (const id of ids) this.parkedEvents.get(name)?.delete(id);
      return Promise.resolve();
    },
    drop: (name) => {
      this.parkedEvents.delete(name);
      return Promise.resolve();
    },
  };

  readonly requests: ProjectionStore['requests'] = {
    add: (request) => {
      this.requestRecords.set(request._id, request);
      return Promise.resolve();
    },
    open: (builds) =>
      Promise.resolve(
        [...this.requestRecords.values()].filter(
          ({ build, state }) => builds.includes(build) && state === 'open',
        ),
      ),
    get: (id) => Promise.resolve(this.requestRecords.get(id)),
    finish: (id, state, answer) => {
      const request = this.requestRecords.get(id);
      if (request?.state === 'open') this.requestRecords.set(id, { ...request, state, answer });
      return Promise.resolve();
    },
    latest: (name, limit) =>
      Promise.resolve(
        [...this.requestRecords.values()]
          .filter(({ version }) => version.startsWith(`${name}:v`))
          .reverse()
          .slice(0, limit),
      ),
    skips: (name) =>
      Promise.resolve(
        [...this.requestRecords.values()].filter(
          ({ version, kind }) => version.startsWith(`${name}:v`) && kind === 'skip',
        ),
      ),
  };

  private rows(name: string): ParkedEvent[] {
    return [...(this.parkedEvents.get(name)?.values() ?? [])].sort((a, b) => (a._id < b._id ? -1 : 1));
  }

  private applyWrite(name: string, write: DocumentWrite): void {
    const documents = this.collection(name);
    const id = write.kind === 'delete' ? write.id : write.document._id;
    const found = documents.get(id);
    if (write.kind === 'insert') {
      if (found) throw new GuardMissError(`${id} is there already`);
    } else if (found?.revision !== write.previous.revision || found.position !== write.previous.position) {
      throw new GuardMissError(`${id} has changed`);
    }
    if (write.kind === 'delete') documents.delete(id);
    else documents.set(id, structuredClone(write.document));
  }
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}

async function* inOrder<T>(items: readonly T[]): AsyncIterable<T> {
  for (const item of items) yield await Promise.resolve(item);
}

async function* scan(
  documents: ReadonlyMap<string, StoredDocument>,
  filter: Readonly<Record<string, unknown>> = {},
): AsyncIterable<StoredDocument> {
  for (const id of [...documents.keys()].sort()) {
    const document = documents.get(id);
    if (document && matches(document, filter)) yield await Promise.resolve(structuredClone(document));
  }
}

function matches(document: StoredDocument, filter: Readonly<Record<string, unknown>>): boolean {
  const { $and: all = [], $or: some, ...fields } = filter;
  const holds = (part: unknown) => matches(document, part as Record<string, unknown>);
  return (
    (all as unknown[]).every(holds) &&
    (some === undefined || (some as unknown[]).some(holds)) &&
    compileFilter(fields)(document)
  );
}
