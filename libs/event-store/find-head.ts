import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { LogPlace } from './event-store.port.js';
import { matcher, newestEvent, readLogBackwards, type Reader } from './read-events.js';

interface Walked {
  /** The newest event of any kind when the walk began. */
  readonly from: GlobalPosition;
  readonly head: LogPlace | undefined;
}

/** Different sets of prefixes that a process asks for: one per projection and one for the command side. */
const maxSets = 100;

/**
 * The client's read of `$all` cannot filter, so the log is walked backwards to the first match. A later walk stops
 * where an earlier one began: foreign events are passed over once, not at every call.
 */
export class HeadFinder {
  private readonly walks = new Map<string, Walked>();

  constructor(private readonly reader: Reader) {}

  async find(prefixes: readonly string[]): Promise<LogPlace | undefined> {
    const matches = matcher(prefixes);
    const key = prefixes.join('\n');
    const earlier = this.walks.get(key);
    // Nearly always the newest event matches: ask for one, and for the rest only when it does not.
    const newest = await newestEvent(this.reader);
    if (!newest) return undefined;
    const from = newest.position;
    if (earlier && from <= earlier.from) return this.keep(key, from, earlier.head);
    if (matches(newest.streamId)) return this.keep(key, from, placeOf(newest));
    for await (const event of readLogBackwards(this.reader, from)) {
      if (earlier && event.position <= earlier.from) return this.keep(key, from, earlier.head);
      if (matches(event.streamId)) return this.keep(key, from, placeOf(event));
    }
    return this.keep(key, from, undefined);
  }

  private keep(key: string, from: GlobalPosition, head: LogPlace | undefined) {
    // Two walks may overlap; the one that began later knows more.
    const earlier = this.walks.get(key);
    if (earlier && earlier.from > from) return earlier.head;
    if (this.walks.size >= maxSets) this.walks.clear();
    this.walks.set(key, { from, head });
    return head;
  }
}

function placeOf({ position, streamId }: LogPlace): LogPlace {
  return { position, streamId };
}
