import {
  CommandRefusedError,
  handleComplaintCommand,
  IdempotencyKeyReusedError,
  RaceLostError,
  type CommandHandling,
} from '#libs/command-handling/index.js';
import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import type { Actor } from '#libs/event-contracts/index.js';
import { instantOf, type Instant } from '#libs/service-time/index.js';
import { escalationCommandId } from './escalation-command-id.js';
import { escalationsDue, type CurrentCycle } from './escalations-due.js';

/** Who acts when nobody does. */
export const SYSTEM: Actor = { sub: 'system', name: 'System', role: 'system' };

export interface Escalating {
  readonly commands: CommandHandling;
  /** The current cycle as the log itself has it now; undefined when there is no such complaint. */
  readonly currentCycle: (this: void, complaintId: string) => Promise<CurrentCycle | undefined>;
  readonly configuration: (this: void) => ConfigurationModel;
}

export interface EscalationOutcome {
  /** Levels that this call appended. */
  readonly levels: readonly number[];
  /** Somebody else acted, or the complaint moved on, between our look and our command. */
  readonly overtaken: boolean;
}

/** Others may write to a complaint between our look and our command; then it is looked at again. */
const MOST_LOOKS = 4;

/**
 * Appends what the log says is due, each level by itself and in order. A timer only says where to look: one that is
 * late, lost, stale or doubled changes nothing of what is appended.
 * @param passedBy levels whose moments lie before it; default: now
 */
export async function escalateComplaint(
  escalating: Escalating,
  complaintId: string,
  passedBy?: Instant,
): Promise<EscalationOutcome> {
  const levels: number[] = [];
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const cycle = await escalating.currentCycle(complaintId);
    if (cycle === undefined) return { levels, overtaken: false };
    const end = await escalateAsRead(escalating, complaintId, cycle, passedBy, levels);
    if (end !== 'moved-on') return { levels, overtaken: end === 'overtaken' };
  }
  return { levels, overtaken: true };
}

/**
 * A level is due by what was read, so it is appended at that very revision or not at all: whoever gives the complaint
 * another target in this moment must not see it escalate by the former one.
 */
async function escalateAsRead(
  { commands, configuration }: Escalating,
  complaintId: string,
  cycle: CurrentCycle,
  passedBy: Instant | undefined,
  levels: number[],
): Promise<'done' | 'overtaken' | 'moved-on'> {
  let expectedRevision = cycle.revision;
  for (const data of escalationsDue(cycle, configuration(), passedBy ?? instantOf(commands.now()))) {
    const commandId = escalationCommandId(complaintId, data.cycle, data.level);
    const origin = { actors: [SYSTEM], commandId, correlationId: commandId, expectedRevision } as const;
    try {
      const request = { type: 'escalate', complaintId, data, origin } as const;
      const { answer, repeated } = await handleComplaintCommand(commands, request);
      expectedRevision = answer.revision;
      if (!repeated) levels.push(data.level);
    } catch (error) {
      if (error instanceof RaceLostError) return 'moved-on';
      // Paused, resolved or re-opened meanwhile; or another instance appended this level from a newer configuration.
      if (error instanceof CommandRefusedError || error instanceof IdempotencyKeyReusedError)
        return 'overtaken';
      throw error;
    }
  }
  return 'done';
}
