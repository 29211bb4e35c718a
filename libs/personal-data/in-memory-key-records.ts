import type { KeyRecord, KeyRecords } from './key-records.port.js';

/** For tests and previews: gone with the process. */
export function inMemoryKeyRecords(): KeyRecords {
  const byCustomer = new Map<string, KeyRecord>();
  let fingerprint: string | undefined;
  return {
    find: (customerRef) => Promise.resolve(byCustomer.get(customerRef)),
    findByKeyIds: (keyIds) =>
      Promise.resolve([...byCustomer.values()].filter(({ keyId }) => keyIds.includes(keyId))),
    insertOrFind: (record) => {
      const winner = byCustomer.get(record.customerRef) ?? record;
      byCustomer.set(record.customerRef, winner);
      return Promise.resolve(winner);
    },
    remove: (customerRef) => Promise.resolve(byCustomer.delete(customerRef)),
    masterKeyFingerprint: (own) => Promise.resolve((fingerprint ??= own)),
  };
}
