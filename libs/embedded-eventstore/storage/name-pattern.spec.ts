import { RE2JS, RE2JSException } from 're2js';
import { NamePattern } from './name-pattern.js';

describe('A pattern of names', () => {
  it('says the same of a name whenever it is asked, however many came between', () => {
    const regex = '^complaint-.*[0-9a-f][048c]$';
    const plain = RE2JS.compile(regex);
    const names = Array.from({ length: 10_000 }, (_, number) => `complaint-${number.toString(16)}`);
    const pattern = NamePattern.of(regex);
    for (let round = 0; round < 3; round++) {
      for (const name of names)
        expect([name, pattern.matches(name)]).toEqual([name, plain.matcher(name).find()]);
    }
    const [some] = names;
    for (let times = 0; times < 3; times++) expect(pattern.matches(some!)).toBe(plain.matcher(some!).find());
  });

  it('keeps no long names', () => {
    const pattern = NamePattern.of('long$');
    const long = 'x'.repeat(1_000_000) + 'long';
    expect([pattern.matches(long), pattern.matches(long), pattern.matches(`${long}er`)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(pattern.kept).toBe(0);
  });

  it('is not mistaken for another, however many there are', () => {
    for (let round = 0; round < 3; round++) {
      for (let number = 0; number < 20; number++) {
        const pattern = NamePattern.of(`-${number}$`);
        expect([pattern.matches(`a-${number}`), pattern.matches(`a-${number + 1}`)]).toEqual([true, false]);
      }
    }
  });

  it('that is none is refused each time', () => {
    for (let times = 0; times < 2; times++) expect(() => NamePattern.of('(')).toThrow(RE2JSException);
  });
});
