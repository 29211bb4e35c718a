import { complaintIdOf, type RecordedEvent } from '#libs/event-contracts/index.js';
import { CONTEXT } from '../parked/parked-event.js';
import { absorb, absorbBeyondGap, refold } from './absorb.js';
import type { DeliveredEvent } from './delivered-event.js';
import { UNTOUCHED, type DocumentState } from './document-state.js';
import type { RunnableProjection } from './runnable-projection.js';
import type { Skips } from './skips.js';

export interface CleanFold {
  readonly state: DocumentState;
  /** Set when the complaint is parked from this event on. */
  readonly poison?: { readonly position: string; readonly reason: string };
}

/**
 * The plain definition of what a read model holds: the log folded in order in memory, one event after the other, with
 * no store, batch, cache or guard. What the engine writes is compared with it.
 */
export class LogFold {
  private readonly folds = new Map<string, CleanFold>();

  constructor(
    private readonly runs: RunnableProjection,
    private readonly skips: Skips,
    /** Only these complaints are kept. */
    private readonly concerns: (complaintId: string) => boolean,
    private current: unknown = runs.projection.context?.initial,
  ) {}

  get context(): unknown {
    return this.current;
  }

  get complaints(): ReadonlyMap<string, CleanFold> {
    return this.folds;
  }

  /** For who has no further use of it, and will not apply what follows of it. */
  forget(complaintId: string): void {
    this.folds.delete(complaintId);
  }

  apply(message: DeliveredEvent): void {
    const { streamId } = message.event;
    const complaintId = complaintIdOf(streamId);
    if (complaintId !== undefined) {
      if (this.concerns(complaintId)) this.applyOwn(complaintId, message);
    } else if (
      message.kind === 'event' &&
      this.runs.isContext(streamId) &&
      !this.skips.passesOver(CONTEXT, message)
    ) {
      this.applyContext(message.event);
    }
  }

  private applyOwn(complaintId: string, message: DeliveredEvent): void {
    const fold = this.folds.get(complaintId) ?? { state: UNTOUCHED };
    if (fold.poison) return;
    const entry = { complaintId, message, context: this.current };
    const next = absorb(this.runs, fold.state, entry, this.skips);
    const outcome = next.kind === 'gap' ? absorbBeyondGap(fold.state, entry, this.skips) : next;
    switch (outcome.kind) {
      case 'absorbed':
        this.folds.set(complaintId, { state: outcome.state });
        return;
      case 'poison':
        this.poison(complaintId, fold.state, message.event.position, outcome.reason);
        return;
      case 'repeated':
        return;
    }
  }

  private applyContext(event: RecordedEvent): void {
    try {
      this.current = this.runs.projection.context?.evolve(this.current, event);
    } catch {
      // The engine leaves the context as it was, too, and parks the event.
      return;
    }
    if (!this.runs.refolds) return;
    for (const [complaintId, fold] of this.folds) {
      if (fold.poison || !fold.state.document || !this.runs.refolds(fold.state.document)) continue;
      const outcome = refold(this.runs, fold.state, event, this.current, this.skips);
      if (outcome.kind === 'absorbed') this.folds.set(complaintId, { state: outcome.state });
      if (outcome.kind === 'poison') this.poison(complaintId, fold.state, event.position, outcome.reason);
    }
  }

  private poison(complaintId: string, state: DocumentState, position: string, reason: string): void {
    this.folds.set(complaintId, { state, poison: { position, reason } });
  }
}
