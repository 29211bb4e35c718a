import { v7 as uuidV7 } from 'uuid';
import { readReferenceNumber, referenceNumberOf } from './reference-number.js';

describe('A reference number', () => {
  it('is read as it was printed', () => {
    for (let count = 0; count < 100; count += 1) {
      const printed = referenceNumberOf(uuidV7());
      expect(readReferenceNumber(printed)).toBe(printed);
      expect(readReferenceNumber(printed.replaceAll('-', '').slice(1))).toBe(printed);
    }
  });

  it.each([
    'c-7q2m-04xn-9k1b',
    ' C 7Q2M 04XN 9K1B ',
    'C7Q2M04XN9K1B',
    '7Q2M-04XN-9K1B',
    'C–7Q2M–O4XN–9KIB',
    'c-7q2m-o4xn-9kıb',
    'C-7Q2M-04XN-9KİB',
  ])('is read from %j', (typed) => {
    expect(readReferenceNumber(typed)).toBe('C-7Q2M-04XN-9K1B');
  });

  it.each(['', 'C-', 'C-7Q2M-04XN-9K1BX', 'C-7Q2M-04XN-9K1U', "C-7Q2M-04XN-9K1'", 'crm-1042'])(
    'is not read from %j',
    (typed) => {
      expect(readReferenceNumber(typed)).toBeUndefined();
    },
  );
});
