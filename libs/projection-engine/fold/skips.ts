import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { ProjectionRequest } from '../parked/projection-request.js';
import type { DeliveredEvent } from './delivered-event.js';

/** What a decision to skip is about; `complaintId` may be `CONTEXT`. */
export type SkippedEvent = Pick<ProjectionRequest, 'complaintId' | 'position'>;

/**
 * Events that count as absorbed without effect, by decision. A decision rules the version that it was made for: another
 * version's fold may well apply the event. What this release cannot read at all, no fold can: there a decision made for
 * any version holds, or a new version could never be built.
 */
export class Skips {
  private readonly decided = new Set<string>();
  private readonly forUnreadable = new Set<string>();

  add({ complaintId, position }: SkippedEvent): void {
    this.decided.add(keyOf(complaintId, position));
  }

  addForUnreadable({ complaintId, position }: SkippedEvent): void {
    this.forUnreadable.add(keyOf(complaintId, position));
  }

  passesOver(complaintId: string, message: DeliveredEvent): boolean {
    if (this.decided.size === 0 && this.forUnreadable.size === 0) return false;
    const key = keyOf(complaintId, message.event.position);
    return this.decided.has(key) || (message.kind === 'undecodable' && this.forUnreadable.has(key));
  }
}

/** By position, not revision: a complaint may also be parked by an event of the context. */
function keyOf(complaintId: string, position: GlobalPosition): string {
  return `${complaintId}@${position}`;
}
