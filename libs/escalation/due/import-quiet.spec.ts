import { escalated } from '#libs/notifications/testing/entries.fixtures.js';
import { importedUntil } from './import-quiet.js';

const at = (recordedAt: string, occurredAt: string, submittedBy?: string) => {
  const event = escalated([]);
  return importedUntil({ ...event, recordedAt, metadata: { ...event.metadata, occurredAt, submittedBy } });
};

describe('A complaint whose history is being imported', () => {
  it('is left alone until nothing more has come for ten minutes', () => {
    expect(at('2026-03-02T10:00:00.000Z', '2024-01-01T00:00:00.000Z', 'importer')).toBe(
      Date.parse('2026-03-02T10:10:00.000Z'),
    );
  });

  it('is like any other when its events come as they happen, or were entered late by people', () => {
    expect(at('2026-03-02T10:01:00.000Z', '2026-03-02T10:00:00.000Z', 'importer')).toBeUndefined();
    expect(at('2026-03-02T10:01:00.001Z', '2026-03-02T10:00:00.000Z', 'importer')).toBeDefined();
    expect(at('2026-03-02T10:00:00.000Z', '2024-01-01T00:00:00.000Z')).toBeUndefined();
  });
});
