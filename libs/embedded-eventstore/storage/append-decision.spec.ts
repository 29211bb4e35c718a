import fc from 'fast-check';
import {
  decideAppend,
  type ExpectedRevision,
  type ProposedEvent,
  type StreamView,
} from './append-decision.js';

const nothing = Buffer.alloc(0);
const events = (...ids: string[]): ProposedEvent[] =>
  ids.map((id) => ({ id, type: nothing, contentType: nothing, metadata: nothing, data: nothing }));

const stream = (...ids: string[]): StreamView => ({
  last: ids.length === 0 ? undefined : ids.length - 1,
  idAt: (revision) => ids[revision],
  revisionOf: (id) => (ids.includes(id) ? ids.indexOf(id) : undefined),
});

const kind = (expected: ExpectedRevision, proposed: string[], present: string[]) =>
  decideAppend(expected, events(...proposed), stream(...present)).kind;

describe('whether an append is carried out', () => {
  it('an exact revision: at it, below it with the same ids, above it', () => {
    expect(kind(1, ['c'], ['a', 'b'])).toBe('append');
    expect(kind(0, ['b'], ['a', 'b'])).toBe('already-appended');
    expect(kind(0, ['c'], ['a', 'b'])).toBe('wrong-expected-version');
    expect(kind(2, ['c'], ['a', 'b'])).toBe('wrong-expected-version');
  });

  it('an append of nothing is no repetition of anything', () => {
    expect(kind(1, [], ['a', 'b'])).toBe('nothing-to-append');
    expect(kind(0, [], ['a', 'b'])).toBe('wrong-expected-version');
    expect(kind('any', [], [])).toBe('nothing-to-append');
    expect(kind('stream-exists', [], [])).toBe('wrong-expected-version');
  });

  it('ANY: new, known, known then new, new then known', () => {
    expect(kind('any', ['c'], ['a', 'b'])).toBe('append');
    expect(kind('any', ['a', 'b'], ['a', 'b'])).toBe('already-appended');
    expect(kind('any', ['b', 'c'], ['a', 'b'])).toBe('wrong-expected-version');
    expect(kind('any', ['c', 'a'], ['a', 'b'])).toBe('append');
  });

  it('a repetition ends where the first time ended, though an id of it stands earlier too', () => {
    const again = (proposed: string[], present: string[]) =>
      decideAppend('any', events(...proposed), stream(...present));
    expect(again(['a', 'a'], ['a', 'a', 'z'])).toEqual({ kind: 'already-appended', lastRevision: 1 });
    expect(again(['b', 'a'], ['a', 'b', 'a', 'z'])).toEqual({ kind: 'already-appended', lastRevision: 2 });
    expect(again(['a', 'c'], ['a', 'b', 'c', 'z'])).toEqual({ kind: 'already-appended', lastRevision: 2 });
  });

  it('whatever was appended is answered as appended when it is sent again', () => {
    const ids = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 6 });
    const later = fc.uniqueArray(fc.uuid(), { maxLength: 4 });
    const how = fc.constantFrom<'exact' | 'any'>('exact', 'any');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
        ids,
        later,
        how,
        (before, batch, after, way) => {
          fc.pre(
            new Set([...before, ...batch, ...after]).size === before.length + batch.length + after.length,
          );
          const expected = way === 'any' ? 'any' : before.length === 0 ? 'no-stream' : before.length - 1;
          expect(kind(expected, batch, before)).toBe('append');
          const again = decideAppend(expected, events(...batch), stream(...before, ...batch, ...after));
          expect(again).toEqual({ kind: 'already-appended', lastRevision: before.length + batch.length - 1 });
        },
      ),
    );
  });
});
