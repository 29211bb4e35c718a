import fc from 'fast-check';
import { RE2JS } from 're2js';
import { partitionOf } from '../membership/partition-of.js';
import { narrowedStreams, type Share } from './narrowed-streams.js';

const PREFIXES = ['complaint-', 'calendar-', 'callTree-', 'slaPolicy-'];
const besides = 'complaint-the.newest(one)00';

const shares: fc.Arbitrary<Share> = fc
  .integer({ min: 1, max: 40 })
  .chain((partitions) =>
    fc
      .uniqueArray(fc.integer({ min: 0, max: partitions - 1 }))
      .map((owned) => ({ partitions, partitionedBy: 'id-end' as const, owned })),
  );
const ids = fc.oneof(
  { weight: 4, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom('', 'a', 'A0', '0A', 'c3', 'c3\n', '\n', '\nf', 'x-', 'é7', '😀') },
);

/** What a server would make of it: the embedded one reads patterns as RE2 does. */
function readAlike(pattern: string, streamId: string): boolean {
  const here = new RegExp(pattern).test(streamId);
  expect(RE2JS.compile(pattern).matcher(streamId).find()).toBe(here);
  return here;
}

describe('The streams of some partitions', () => {
  it('are all that these partitions hold, and of ids that end in digits no others', () => {
    fc.assert(
      fc.property(fc.array(shares, { minLength: 1, maxLength: 3 }), ids, (some, id) => {
        const pattern = narrowedStreams(some, PREFIXES, besides);
        if (pattern === undefined) return;
        const isFoldedHere = some.some((share) => share.owned.includes(partitionOf(id, share)));
        const matches = readAlike(pattern, `complaint-${id}`);
        if (isFoldedHere) expect(matches).toBe(true);
        else if (/[0-9a-f]{2}$/.test(id) && !id.endsWith('\n')) expect(matches).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('are few where few are folded', () => {
    const pattern = narrowedStreams(
      [{ partitions: 4, partitionedBy: 'id-end', owned: [1] }],
      PREFIXES,
      besides,
    );
    const matching = fc.sample(fc.uuid(), 2000).filter((id) => new RegExp(pattern!).test(`complaint-${id}`));
    expect(matching.length).toBeGreaterThan(350);
    expect(matching.length).toBeLessThan(650);
  });

  it('are joined by those of the context and by the stream at the end, and by no others', () => {
    const none = narrowedStreams([{ partitions: 2, partitionedBy: 'id-end', owned: [] }], PREFIXES, besides);
    const reads = (streamId: string) => readAlike(none!, streamId);
    expect(['calendar-default', 'slaPolicy-default', 'calendar-', besides].map(reads)).toEqual(
      Array(4).fill(true),
    );
    expect(
      [`${besides}0`, 'complaint-theXnewest(one)00', 'xcalendar-a', '$ce-complaint', 'team-a'].map(reads),
    ).toEqual(Array(5).fill(false));
  });

  it('are not told apart where all are wanted, or where an earlier release has spread them', () => {
    const all: Share = { partitions: 3, partitionedBy: 'id-end', owned: [0, 1, 2] };
    const some: Share = { partitions: 4, partitionedBy: 'id-end', owned: [0] };
    expect(narrowedStreams([all], PREFIXES, besides)).toBeUndefined();
    expect(narrowedStreams([some, all], PREFIXES, besides)).toBeUndefined();
    expect(narrowedStreams([some, { partitions: 4, owned: [0] }], PREFIXES, besides)).toBeUndefined();
    expect(narrowedStreams([{ partitions: 1, owned: [0] }], PREFIXES, besides)).toBeUndefined();
    expect(narrowedStreams([some], PREFIXES, besides)).toBeDefined();
  });

  it('are not told apart by a pattern that servers refuse for its length', () => {
    const some: Share = { partitions: 4, partitionedBy: 'id-end', owned: [0] };
    expect(narrowedStreams([some], PREFIXES, `complaint-${'x'.repeat(1000)}`)).toBeDefined();
    expect(narrowedStreams([some], PREFIXES, `complaint-${'x'.repeat(1880)}`)).toBeUndefined();
    expect(narrowedStreams([some], PREFIXES, `complaint-${'.'.repeat(1000)}`)).toBeUndefined();
  });
});
