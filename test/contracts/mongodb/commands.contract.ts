import { MongoClient } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

export function commandContract({ url, client, db, fresh }: MongodbUnderTest): void {
  describe('commands', () => {
    it('says hello as a server that drivers know', async () => {
      const hello = await db().admin().command({ hello: 1 });
      expect(hello).toMatchObject({
        isWritablePrimary: true,
        minWireVersion: 0,
        ok: 1,
        maxBsonObjectSize: 16777216,
      });
      expect(hello['maxWireVersion']).toBeGreaterThanOrEqual(9);
      expect(await db().admin().command({ isMaster: 1 })).toMatchObject({ ismaster: true });
    });

    it.each([
      'ping',
      'buildInfo',
      'serverStatus',
      'hostInfo',
      'connectionStatus',
      'whatsmyuri',
      'getCmdLineOpts',
      'listDatabases',
      'listCommands',
      'usersInfo',
      'dbStats',
      'dbstats',
    ])('answers %s', async (name) => {
      expect(
        await client()
          .db('admin')
          .command({ [name]: 1 }),
      ).toMatchObject({ ok: 1 });
    });

    it('counts what was asked for', async () => {
      const counters = async () =>
        (await client().db('admin').command({ serverStatus: 1 }))['opcounters'] as Record<string, number>;
      const c = await fresh();
      const before = await counters();
      await c.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }]);
      await c.findOne();
      const after = await counters();
      expect((after['insert'] ?? 0) - (before['insert'] ?? 0)).toBeGreaterThanOrEqual(3);
      expect((after['query'] ?? 0) - (before['query'] ?? 0)).toBeGreaterThanOrEqual(1);
    });

    it('answers what a shell asks of itself', async () => {
      expect(await client().db('admin').command({ getLog: 'startupWarnings' })).toMatchObject({ ok: 1 });
      expect(
        await client().db('admin').command({ getParameter: 1, featureCompatibilityVersion: 1 }),
      ).toMatchObject({ ok: 1 });
    });

    it('refuses a command that there is not, and a field that a command has not', async () => {
      expect(await codeOf(db().command({ noSuchCommand: 1 }))).toBe(59);
      const c = await fresh([{ a: 1 }]);
      expect(await codeOf(db().command({ find: c.collectionName, foo: 1 }))).toBe(40415);
      expect(await codeOf(db().command({ find: c.collectionName, filter: 1 }))).toBe(14);
    });

    it('refuses names that cannot be', async () => {
      expect(await codeOf(db().command({ find: '' }))).toBe(73);
      for (const name of ['a b', 'a/b', 'a"b'])
        expect([name, await codeOf(client().db(name).collection('c').insertOne({ a: 1 }))]).toEqual([
          name,
          73,
        ]);
      expect(await codeOf(db().command({ insert: 'a$b', documents: [{ a: 1 }] }))).toBeDefined();
    });

    it('refuses a limit below zero and a batch of nothing', async () => {
      const c = await fresh([{ a: 1 }]);
      expect(await codeOf(db().command({ find: c.collectionName, limit: -1 }))).toBe(51024);
      expect((await db().command({ find: c.collectionName, limit: 1 }))['ok']).toBe(1);
      // count takes the limit of old, whose sign meant something once.
      expect(await db().command({ count: c.collectionName, limit: -1 })).toMatchObject({ n: 1 });
      expect(await codeOf(db().command({ update: c.collectionName, updates: [] }))).toBe(16);
    });

    it('creates, lists, renames and drops collections', async () => {
      const first = `${(await fresh()).collectionName}_x`;
      await db().createCollection(first);
      expect(await codeOf(db().command({ create: first }))).toBe(48);
      const list = await db().listCollections({ name: first }).toArray();
      expect(list).toMatchObject([{ name: first, type: 'collection', idIndex: { name: '_id_' } }]);
      await db().collection(first).insertOne({ a: 1 });
      const renamed = await db().collection(first).rename(`${first}_new`);
      expect(await renamed.countDocuments()).toBe(1);
      expect(await db().listCollections({ name: first }).toArray()).toEqual([]);
      expect(await codeOf(db().collection(first).rename('other'))).toBe(26);
      expect(await renamed.drop()).toBe(true);
      expect(await renamed.countDocuments()).toBe(0);
      // No error any more, since 7.0.
      expect(await db().command({ drop: renamed.collectionName })).toMatchObject({ ok: 1 });
    });

    it('renames over another collection only when told to', async () => {
      const a = await fresh([{ a: 1 }]);
      const b = await fresh([{ b: 1 }, { b: 2 }]);
      expect(await codeOf(a.rename(b.collectionName))).toBe(48);
      await a.rename(b.collectionName, { dropTarget: true });
      expect(await db().collection(b.collectionName).countDocuments()).toBe(1);
    });

    it('drops a database', async () => {
      const other = client().db(`${db().databaseName}_2`);
      await other.collection('c').insertOne({ a: 1 });
      const names = async () =>
        (await client().db('admin').admin().listDatabases()).databases.map(({ name }) => name);
      expect(await names()).toContain(other.databaseName);
      await other.dropDatabase();
      expect(await names()).not.toContain(other.databaseName);
    });

    it('counts, also what the metadata know', async () => {
      const c = await fresh([{ a: 1 }, { a: 2 }, { a: 2 }]);
      expect(await c.estimatedDocumentCount()).toBe(3);
      expect(await c.countDocuments({ a: 2 })).toBe(2);
      expect(await c.countDocuments({ a: 2 }, { limit: 1 })).toBe(1);
      const figures = await db().command({ collStats: c.collectionName });
      expect(figures).toMatchObject({ count: 3, nindexes: 1 });
      expect(figures['totalIndexSize']).toBeGreaterThan(0);
      expect(figures['indexSizes']).toEqual({ _id_: figures['totalIndexSize'] });
      expect(await db().command({ dbStats: 1 })).toMatchObject({ db: db().databaseName, ok: 1 });
    });

    it('takes sessions, and ends them', async () => {
      const session = client().startSession();
      const c = await fresh([{ _id: 1 }]);
      expect(await c.findOne({}, { session })).toEqual({ _id: 1 });
      await session.endSession();
    });

    it('keeps what was read of a limited time within it', async () => {
      const c = await fresh(Array.from({ length: 200 }, (_, i) => ({ i })));
      expect(await c.find({}, { maxTimeMS: 5000 }).toArray()).toHaveLength(200);
    });

    it('refuses write concerns of a server with members', async () => {
      const c = await fresh();
      expect(await codeOf(c.insertOne({ a: 1 }, { writeConcern: { w: 1, journal: true } }))).toBeUndefined();
    });

    it('serves many clients at once', async () => {
      const clients = await Promise.all(
        Array.from({ length: 20 }, () => new MongoClient(url(), { maxPoolSize: 1 }).connect()),
      );
      const c = await fresh([{ _id: 0, n: 0 }]);
      await Promise.all(
        clients.map((one) =>
          one
            .db(db().databaseName)
            .collection(c.collectionName)
            .updateOne({ _id: 0 as never }, { $inc: { n: 1 } }),
        ),
      );
      expect(await c.findOne()).toEqual({ _id: 0, n: 20 });
      await Promise.all(clients.map((one) => one.close()));
    });
  });
}
