import type { EventLog } from './event-log.js';

export interface StreamHead {
  readonly number: number;
  /** Revision of the stream's last event. */
  readonly last: number;
}

/** Streams written lately, so that the next append to one needs no search. Bounded; what is not here is on disk. */
const remembered = 20_000;

export class StreamHeads {
  private readonly byName = new Map<string, StreamHead>();

  constructor(private readonly log: EventLog) {}

  /** @param name the stream's bytes as latin1, which unlike UTF-8 maps every byte sequence to a string of its own */
  get(name: string, bytes: Buffer): StreamHead | undefined {
    const known = this.byName.get(name);
    if (known) return known;
    const number = this.log.streamNumber(bytes);
    const last = number === undefined ? undefined : this.log.lastRevision(number);
    return number === undefined || last === undefined ? undefined : { number, last };
  }

  remember(name: string, head: StreamHead): void {
    this.byName.delete(name);
    this.byName.set(name, head);
    if (this.byName.size <= remembered) return;
    for (const oldest of this.byName.keys()) {
      this.byName.delete(oldest);
      if (this.byName.size <= remembered / 2) break;
    }
  }
}
