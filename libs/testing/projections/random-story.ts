import { skipParked, type BuildId } from '#libs/projection-engine/index.js';
import { OperatedEngine } from './operated-engine.js';

/** Events of few complaints in an order that the seed decides: with poison, changes of the context and documents taken back. */
export class RandomStory {
  readonly engine = new OperatedEngine();
  private told = 0;

  constructor(private readonly random: () => number) {}

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  tell(events: number): void {
    for (let count = 0; count < events; count++) {
      const label = String(this.told++);
      if (this.chance(0.04)) this.engine.log.record('calendar-default', 'CalendarDefined', { factor: count });
      else this.engine.log.record(`complaint-c${this.below(9)}`, this.type(), { label });
    }
  }

  /** All that is parked and does not merely wait. */
  async skipWhatIsParked(build: BuildId): Promise<void> {
    for (const { _id, waits } of this.engine.parkedIn()) {
      if (waits) continue;
      await skipParked(this.engine.store, build, _id, { by: 'admin', reason: 'told so' });
    }
  }

  private type(): string {
    if (this.chance(0.02)) return 'Poison';
    if (this.chance(0.05)) return 'Closed';
    if (this.chance(0.05)) return 'Removed';
    return this.chance(0.3) ? 'Opened' : 'Noted';
  }
}
