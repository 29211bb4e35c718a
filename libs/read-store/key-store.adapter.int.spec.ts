import { MasterKey, MasterKeyError } from '#libs/personal-data/index.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { openKeyStore } from './key-store.adapter.js';

describe('keys kept in the document store', () => {
  const masterKey = MasterKey.random();
  let engine: TestEngine;
  const open = () => openKeyStore({ url: engine.url, masterKey });

  beforeAll(async () => {
    engine = await startTestEngine('mongodb');
  });
  afterAll(() => engine.stop());

  it('are the same for several processes that make them at once', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, open));
    const keys = await Promise.all(stores.map((store) => store.keyFor('customer-1', { create: true })));
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
    for (const store of stores) await store.close();
  });

  it('outlive a power cut from the moment that they are handed out', async () => {
    const before = await open();
    const key = await before.keyFor('customer-2', { create: true });
    await engine.kill9();
    await before.close();
    await engine.restart();
    const after = await open();
    expect(await after.keyFor('customer-2', { create: false })).toEqual(key);
    expect(await after.keysById([key.keyId])).toEqual(new Map([[key.keyId, key]]));
    await after.close();
  });

  it('are gone for good once destroyed', async () => {
    const store = await open();
    const { keyId } = await store.keyFor('customer-3', { create: true });
    expect(await store.destroy('customer-3')).toBe(true);
    await store.close();
    const later = await open();
    expect(await later.keyFor('customer-3', { create: false })).toBeUndefined();
    expect(await later.keysById([keyId])).toEqual(new Map());
    await later.close();
  });

  it('are refused to another master key', async () => {
    await (await open()).close();
    const other = openKeyStore({ url: engine.url, masterKey: MasterKey.random() });
    await expect(other).rejects.toBeInstanceOf(MasterKeyError);
  });
});
