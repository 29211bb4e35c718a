import { mongodbContract } from './mongodb/suite.js';

const url = process.env['MONGO_TEST_URL'];

(url ? describe : describe.skip)('the document store at MONGO_TEST_URL', () => {
  mongodbContract(() => url ?? '');
  // A skipped describe needs a test to be skipped.
  it('is named by MONGO_TEST_URL', () => {
    expect(url).toMatch(/^mongodb/);
  });
});
