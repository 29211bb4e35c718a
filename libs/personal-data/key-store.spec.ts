import { createKeyStore } from './create-key-store.js';
import { inMemoryKeyRecords } from './in-memory-key-records.js';
import { MasterKey, MasterKeyError } from './master-key.js';
import { SealedTextError } from './sealed-text.js';

describe('the keys of customers', () => {
  const masterKey = MasterKey.random();
  const open = async (clock = { now: 0 }, records = inMemoryKeyRecords()) => ({
    records,
    store: await createKeyStore(records, masterKey, { maxAgeMs: 1000, capacity: 3, now: () => clock.now }),
  });

  it('are made once per customer, at random', async () => {
    const { store } = await open();
    const first = await store.keyFor('customer-1', { create: true });
    expect(await store.keyFor('customer-1', { create: true })).toEqual(first);
    const other = await store.keyFor('customer-2', { create: true });
    expect(other.keyId).not.toBe(first.keyId);
    expect(other.secret).not.toEqual(first.secret);
    expect(first.secret).toHaveLength(32);
  });

  it('are not made when nobody asked for it', async () => {
    const { store } = await open();
    expect(await store.keyFor('customer-1', { create: false })).toBeUndefined();
  });

  it('are the same for two that make them at once', async () => {
    const { records, store } = await open();
    const other = await createKeyStore(records, masterKey);
    const keys = await Promise.all(
      [store, other, store, other].map((one) => one.keyFor('customer-1', { create: true })),
    );
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
  });

  it('are stored wrapped, and worthless without the master key', async () => {
    const { records, store } = await open();
    const { secret } = await store.keyFor('customer-1', { create: true });
    const record = await records.find('customer-1');
    expect(Buffer.from(record!.wrapped, 'base64').includes(Buffer.from(secret))).toBe(false);
    const wrapped = Buffer.from(record!.wrapped, 'base64');
    expect(() => MasterKey.random().unwrap(wrapped, record!.keyId)).toThrow(SealedTextError);
    expect(() => masterKey.unwrap(wrapped, 'another id')).toThrow(SealedTextError);
    expect(masterKey.unwrap(wrapped, record!.keyId)).toEqual(Buffer.from(secret));
  });

  it('are refused as a whole to another master key', async () => {
    const { records } = await open();
    await expect(createKeyStore(records, MasterKey.random())).rejects.toBeInstanceOf(MasterKeyError);
    await expect(createKeyStore(records, masterKey)).resolves.toBeDefined();
  });

  it('are found by the ids that stand in sealed texts', async () => {
    const { store, records } = await open();
    const refs = ['customer-1', 'customer-2', 'customer-3', 'customer-4', 'customer-5'];
    const keys = await Promise.all(refs.map((ref) => store.keyFor(ref, { create: true })));
    const reader = await createKeyStore(records, masterKey);
    const ids = [...keys.map(({ keyId }) => keyId), 'gone'];
    for (const one of [store, reader, reader]) {
      expect(new Map([...(await one.keysById(ids))].sort())).toEqual(
        new Map(keys.map((key) => [key.keyId, key] as const).sort()),
      );
    }
  });

  describe('once destroyed', () => {
    it('are gone at once here, and elsewhere when the time that keys are kept is over', async () => {
      const clock = { now: 0 };
      const { records, store } = await open();
      const elsewhere = (await open(clock, records)).store;
      const { keyId } = await store.keyFor('customer-1', { create: true });
      await elsewhere.keyFor('customer-1', { create: false });
      expect(await store.destroy('customer-1')).toBe(true);
      expect(await store.destroy('customer-1')).toBe(false);
      expect(await store.keyFor('customer-1', { create: false })).toBeUndefined();
      expect(await store.keysById([keyId])).toEqual(new Map());
      clock.now = 999;
      expect((await elsewhere.keysById([keyId])).size).toBe(1);
      clock.now = 1000;
      expect((await elsewhere.keysById([keyId])).size).toBe(0);
      expect(await elsewhere.keyFor('customer-1', { create: false })).toBeUndefined();
    });

    it('do not come back: a new complaint of the same customer gets a key of its own', async () => {
      const { store } = await open();
      const before = await store.keyFor('customer-1', { create: true });
      await store.destroy('customer-1');
      const after = await store.keyFor('customer-1', { create: true });
      expect(after.keyId).not.toBe(before.keyId);
      expect(await store.keysById([before.keyId])).toEqual(new Map());
    });
  });
});
