import { STREAM_PREFIXES } from '#libs/event-contracts/index.js';
import { idEnds, type Partitioning } from '../membership/partition-of.js';

export interface Share extends Partitioning {
  /** Numbers of the partitions that are folded here. */
  readonly owned: readonly number[];
}

/** In characters. A stream's name, which another program may have given, is a part of it. */
const longestPattern = 1500;

/**
 * The streams that some partitions are made of, as a pattern that server and client read alike (RE2, .NET, JavaScript);
 * undefined where that is all of them, or where no pattern can tell, or none that servers would take. Complaints whose id does not end in two
 * hexadecimal digits always match: their partition is told by a hash.
 */
export function narrowedStreams(
  shares: readonly Share[],
  prefixes: readonly string[],
  besides: string,
): string | undefined {
  const ends = new Set<number>();
  for (const share of shares) {
    if (share.partitions > 1 && share.partitionedBy !== 'id-end') return undefined;
    for (const end of endsOf(share)) ends.add(end);
  }
  if (ends.size === idEnds) return undefined;
  const others = prefixes.filter((prefix) => prefix !== STREAM_PREFIXES.complaint).map(escaped);
  const endings = [...endingsOf(ends), '[^0-9a-f][\\s\\S]', '[^0-9a-f]'];
  const complaints = `${escaped(STREAM_PREFIXES.complaint)}(?:[\\s\\S]*(?:${endings.join('|')})|[\\s\\S]?)$`;
  const pattern = `^(?:${[...others, `${escaped(besides)}$`, complaints].join('|')})`;
  return pattern.length > longestPattern ? undefined : pattern;
}

function* endsOf({ partitions, owned }: Share): Generator<number> {
  for (let end = 0; end < idEnds; end++) if (owned.includes(end % partitions)) yield end;
}

/** First digits that go with the same last digits are put together. */
function endingsOf(ends: ReadonlySet<number>): string[] {
  const firstsByLasts = new Map<string, string>();
  for (let first = 0; first < 16; first++) {
    let lasts = '';
    for (let last = 0; last < 16; last++) if (ends.has(first * 16 + last)) lasts += last.toString(16);
    if (lasts !== '') firstsByLasts.set(lasts, (firstsByLasts.get(lasts) ?? '') + first.toString(16));
  }
  return [...firstsByLasts].map(([lasts, firsts]) => `[${firsts}][${lasts}]`);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
