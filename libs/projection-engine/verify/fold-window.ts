import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';

interface Held {
  readonly events: number;
  /** Where its documents stand, '' for no document; absent as long as nobody has looked. */
  readonly end?: GlobalPosition;
}

/**
 * Which complaints are held in memory while the log passes by: those of which more is to come, as far as their documents
 * tell. Bounded by their events, as a complaint of a thousand events takes the room of many.
 */
export class FoldWindow {
  private readonly complaints = new Map<string, Held>();
  private events = 0;
  private sinceTidied = 0;

  constructor(private readonly most: number) {}

  /** False for what comes of a complaint that has left. */
  takes(complaintId: string, revision: StreamRevision): boolean {
    const held = this.complaints.get(complaintId);
    if (held === undefined && revision > 0) return false;
    this.complaints.set(complaintId, { ...held, events: (held?.events ?? 0) + 1 });
    this.events += 1;
    this.sinceTidied += 1;
    return true;
  }

  /** Enough has come for some to leave. */
  isDue(): boolean {
    if (this.sinceTidied < this.most / 8) return false;
    this.sinceTidied = 0;
    return true;
  }

  /** Those whose documents nobody has looked at yet. */
  unseen(): string[] {
    return [...this.complaints].filter(([, { end }]) => end === undefined).map(([id]) => id);
  }

  seen(ends: ReadonlyMap<string, GlobalPosition>): void {
    for (const [id, end] of ends) {
      const held = this.complaints.get(id);
      if (held) this.complaints.set(id, { ...held, end });
    }
  }

  /** Those of which nothing more is to come after this position; they leave. */
  takeEnded(position: GlobalPosition): string[] {
    const ended = [...this.complaints].filter(([, { end }]) => end !== undefined && end <= position);
    return ended.map(([id]) => this.remove(id));
  }

  /** Those that would stay longest, where more are held than may be; they leave. */
  takeLasting(): string[] {
    if (this.events <= this.most) return [];
    const lasting = [...this.complaints].toSorted(([, a], [, b]) => ((a.end ?? '') > (b.end ?? '') ? -1 : 1));
    const left: string[] = [];
    for (const [id] of lasting) {
      if (this.events <= this.most / 2) break;
      left.push(this.remove(id));
    }
    return left;
  }

  takeAll(): string[] {
    return [...this.complaints.keys()].map((id) => this.remove(id));
  }

  private remove(id: string): string {
    this.events -= this.complaints.get(id)?.events ?? 0;
    this.complaints.delete(id);
    return id;
  }
}
