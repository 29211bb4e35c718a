import { MongoClient } from 'mongodb';
import { bodySection, header, legacyQuery, message, RawClient, sequenceSection } from './raw-client.js';
import type { MongodbUnderTest } from './harness.js';

const ping = { ping: 1, $db: 'admin' };

function withChecksum(plain: Buffer, checksum: number): Buffer {
  const bytes = Buffer.concat([plain, Buffer.alloc(4)]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeUInt32LE(1, 16);
  bytes.writeUInt32LE(checksum || crc32c(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const hostile: [name: string, bytes: () => Buffer][] = [
  ['garbage', () => Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['a length below the header', () => header(3, 2013)],
  ['a negative length', () => header(-1, 2013)],
  ['a length above the limit', () => header(2_000_000_000, 2013)],
  ['an unknown operation', () => Buffer.concat([header(20, 9999), Buffer.alloc(4)])],
  ['a section of an unknown kind', () => message([Buffer.from([9, 0, 0, 0, 0])])],
  [
    'a document sequence that lies about its length',
    () => message([bodySection(ping), Buffer.from([1, 255, 255, 255, 127, 97, 0])]),
  ],
  ['a wrong checksum', () => withChecksum(message([bodySection(ping)]), 12345)],
];

export function wireContract({ url, fresh, db }: MongodbUnderTest): void {
  describe('the wire', () => {
    const withClient = async (work: (client: RawClient) => Promise<void>) => {
      const client = await RawClient.connect(url());
      try {
        await work(client);
      } finally {
        client.close();
      }
    };

    it('answers OP_MSG, and the handshake of old by OP_QUERY', () =>
      withClient(async (client) => {
        client.send(message([bodySection(ping)]));
        expect(await client.answer()).toEqual({ ok: 1 });
        client.send(legacyQuery('admin.$cmd', { isMaster: 1, helloOk: true }));
        expect(await client.answer()).toMatchObject({ ismaster: true, helloOk: true, ok: 1 });
      }));

    it('takes documents as a sequence beside the body', () =>
      withClient(async (client) => {
        const c = await fresh();
        const body = { insert: c.collectionName, $db: db().databaseName };
        client.send(message([bodySection(body), sequenceSection('documents', [{ a: 1 }, { a: 2 }])]));
        expect(await client.answer()).toMatchObject({ n: 2, ok: 1 });
        expect(await c.countDocuments()).toBe(2);
      }));

    it('checks a checksum', () =>
      withClient(async (client) => {
        client.send(withChecksum(message([bodySection(ping)]), 0));
        expect(await client.answer()).toEqual({ ok: 1 });
      }));

    it('answers several messages that came at once, in order', () =>
      withClient(async (client) => {
        const one = message([bodySection(ping)]);
        client.send(Buffer.concat([one, message([bodySection({ noSuchCommand: 1, $db: 'a' })]), one]));
        expect(await client.answer()).toEqual({ ok: 1 });
        expect(await client.answer()).toMatchObject({ ok: 0, code: 59 });
        expect(await client.answer()).toEqual({ ok: 1 });
      }));

    it('waits for a message that comes in pieces', () =>
      withClient(async (client) => {
        const bytes = message([bodySection(ping)]);
        for (const byte of bytes.subarray(0, -1)) client.send(Buffer.from([byte]));
        client.send(bytes.subarray(-1));
        expect(await client.answer()).toEqual({ ok: 1 });
      }));

    it('says nothing to a write that asks for no answer', () =>
      withClient(async (client) => {
        const c = await fresh();
        const insert = {
          insert: c.collectionName,
          documents: [{ a: 1 }],
          $db: db().databaseName,
          writeConcern: { w: 0 },
        };
        client.send(Buffer.concat([message([bodySection(insert)], 2), message([bodySection(ping)])]));
        expect(await client.answer()).toEqual({ ok: 1 });
        expect(await c.countDocuments()).toBe(1);
      }));

    it.each(hostile)('closes the connection on %s, and serves the others', async (_, bytes) => {
      const other = await new MongoClient(url(), { maxPoolSize: 1 }).connect();
      await withClient(async (client) => {
        client.send(bytes());
        await client.ended();
      });
      expect(await other.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
      await other.close();
    });
  });
}
