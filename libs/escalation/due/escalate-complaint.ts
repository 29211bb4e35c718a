import {
  CommandRefusedError,
  handleComplaintCommand,
  IdempotencyKeyReusedError,
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

/**
 * Appends what the log says is due, each level by itself and in order. A timer only says where to look: one that is
 * late, lost, stale or doubled changes nothing of what is appended.
 * @param passedBy levels whose moments lie before it; default: now
 */
export async function escalateComplaint(
  { commands, currentCycle, configuration }: Escalating,
  complaintId: string,
  passedBy: Instant = instantOf(commands.now()),
): Promise<EscalationOutcome> {
  const levels: number[] = [];
  const cycle = await currentCycle(complaintId);
  if (cycle === undefined) return { levels, overtaken: false };
  for (const data of escalationsDue(cycle, configuration(), passedBy)) {
    const commandId = escalationCommandId(complaintId, data.cycle, data.level);
    const origin = { actors: [SYSTEM], commandId, correlationId: commandId } as const;
    try {
      const { repeated } = await handleComplaintCommand(commands, {
        type: 'escalate',
        complaintId,
        data,
        origin,
      });
      if (!repeated) levels.push(data.level);
    } catch (error) {
      // Paused, resolved or re-opened meanwhile; or another instance appended this level from a newer configuration.
      if (error instanceof CommandRefusedError || error instanceof IdempotencyKeyReusedError) {
        return { levels, overtaken: true };
      }
      throw error;
    }
  }
  return { levels, overtaken: false };
}
