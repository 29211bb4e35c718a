import type { ComplaintEvent } from '#libs/event-contracts/index.js';
import { createKeyStore } from './create-key-store.js';
import { inMemoryKeyRecords } from './in-memory-key-records.js';
import { MasterKey } from './master-key.js';
import { createOpener, createSealer, CustomerErasedError, keyIdsOf } from './sealer.js';

describe('sealing the events of a complaint', () => {
  const received: ComplaintEvent = {
    type: 'ComplaintReceived',
    data: {
      complaintId: '0190a0b0-0000-7000-8000-000000000001',
      reference: 'C-1',
      customer: { ref: 'customer-1', kind: 'owner', name: 'Ayşe Yılmaz', phone: '+90 555 000 00 00' },
      channel: 'phone',
      contactedAt: '2026-03-02T08:00:00.000Z',
      receivedAt: '2026-03-02T08:10:00.000Z',
      callTree: 'plumbing',
      priority: 'normal',
      subject: 'Su sızıntısı 💧',
      description: 'Banyoda su sızıntısı var.',
    },
  };
  const opened: ComplaintEvent = { type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } };

  async function desk() {
    const masterKey = MasterKey.random();
    const keyStore = await createKeyStore(inMemoryKeyRecords(), masterKey);
    return { keyStore, sealer: createSealer(keyStore, masterKey), opener: createOpener(keyStore) };
  }

  it('leaves nothing personal readable, all else as it was, and opens again', async () => {
    const { sealer, opener } = await desk();
    const [sealed, unpersonal] = await sealer.seal('customer-1', [received, opened], true);
    const text = JSON.stringify(sealed);
    for (const personal of ['Ayşe', '+90', 'sızıntı', 'Banyo']) expect(text).not.toContain(personal);
    expect(sealed).toMatchObject({
      data: { reference: 'C-1', customer: { ref: 'customer-1', kind: 'owner' } },
    });
    expect(unpersonal).toEqual(opened);
    expect(await opener.openEvent('ComplaintReceived', sealed!.data)).toEqual(received.data);
    expect(keyIdsOf('ComplaintReceived', sealed!.data).size).toBe(1);
  });

  it('reads as erased once the key is destroyed, and nothing personal can be added', async () => {
    const { keyStore, sealer, opener } = await desk();
    const [sealed] = await sealer.seal('customer-1', [received], true);
    await keyStore.destroy('customer-1');
    expect(await opener.openEvent('ComplaintReceived', sealed!.data)).toMatchObject({
      reference: 'C-1',
      customer: { ref: 'customer-1', name: '[erased]', phone: '[erased]' },
      subject: '[erased]',
    });
    const noted: ComplaintEvent = { type: 'FollowUpRecorded', data: { note: 'Arandı' } };
    await expect(sealer.seal('customer-1', [opened, noted], false)).rejects.toBeInstanceOf(
      CustomerErasedError,
    );
    expect(await sealer.seal('customer-1', [opened], false)).toEqual([opened]);
  });

  it('opens texts of many customers in the order given', async () => {
    const { sealer, opener } = await desk();
    const texts: string[] = [];
    for (const ref of ['customer-1', 'customer-2']) {
      const [sealed] = await sealer.seal(ref, [received], true);
      texts.push((sealed as typeof received).data.customer.name);
    }
    expect(await opener.openTexts([...texts, 'not sealed'])).toEqual([
      'Ayşe Yılmaz',
      'Ayşe Yılmaz',
      'not sealed',
    ]);
  });
});

describe('the digest of a request', () => {
  it('is the same for the same body in any order, and another for another body or installation', async () => {
    const masterKey = MasterKey.random();
    const sealer = createSealer(await createKeyStore(inMemoryKeyRecords(), masterKey), masterKey);
    const other = MasterKey.random();
    const foreign = createSealer(await createKeyStore(inMemoryKeyRecords(), other), other);
    const digest = sealer.requestHash({ team: 'plumbing', reason: 'Su', at: undefined });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(sealer.requestHash({ reason: 'Su', team: 'plumbing' })).toBe(digest);
    expect(sealer.requestHash({ reason: 'Su ', team: 'plumbing' })).not.toBe(digest);
    expect(foreign.requestHash({ reason: 'Su', team: 'plumbing' })).not.toBe(digest);
  });
});
