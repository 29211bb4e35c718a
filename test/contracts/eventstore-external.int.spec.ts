import { eventStoreContract } from './eventstore/suite.js';

const url = process.env['ESDB_TEST_URL'];

(url ? describe : describe.skip)('the event store at ESDB_TEST_URL', () => {
  eventStoreContract(() => url ?? '');
  // A skipped describe needs a test to be skipped.
  it('is named by ESDB_TEST_URL', () => {
    expect(url).toMatch(/^(esdb|kurrentdb)/);
  });
});
