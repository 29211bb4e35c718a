import { type ComplaintState, evolve, initialState } from '#libs/complaint-domain/index.js';
import type {
  ComplaintEvent,
  GlobalPosition,
  RecordedEvent,
  StreamRevision,
} from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';

/** What a command left in the stream. */
export interface CommandTrace {
  readonly requestHash?: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly events: readonly string[];
}

/** A complaint as decisions need it, with the commands that made it so. */
export interface LoadedComplaint {
  readonly state: ComplaintState;
  /** -1 for a stream that does not exist yet. */
  readonly revision: StreamRevision;
  readonly commands: ReadonlyMap<string, CommandTrace>;
}

export const NOTHING_LOADED: LoadedComplaint = { state: initialState, revision: -1, commands: new Map() };

/** A history that cannot be read whole must not be decided upon. */
export class BrokenHistoryError extends Error {
  constructor(
    streamId: string,
    readonly revision: StreamRevision,
    readonly reason: string,
  ) {
    super(`Event ${revision} of ${streamId} cannot be read: ${reason}`);
    this.name = 'BrokenHistoryError';
  }
}

/** A recorded event, as far as the command side looks at it. */
export type AbsorbedEvent = Pick<RecordedEvent, 'type' | 'data' | 'revision' | 'position'> & {
  readonly metadata: Pick<RecordedEvent['metadata'], 'occurredAt' | 'actor' | 'commandId' | 'requestHash'>;
};

/** The complaint after some more recorded events. */
export function absorb(loaded: LoadedComplaint, events: readonly AbsorbedEvent[]): LoadedComplaint {
  const commands = new Map(loaded.commands);
  let { state, revision } = loaded;
  for (const event of events) {
    state = absorbOne(state, commands, event);
    revision = event.revision;
  }
  return { state, revision, commands };
}

function absorbOne(
  state: ComplaintState,
  commands: Map<string, CommandTrace>,
  event: AbsorbedEvent,
): ComplaintState {
  const { commandId, requestHash, occurredAt, actor } = event.metadata;
  const events = [...(commands.get(commandId)?.events ?? []), event.type];
  commands.set(commandId, { requestHash, revision: event.revision, position: event.position, events });
  return evolve(state, { ...(event as unknown as ComplaintEvent), metadata: { occurredAt, actor } });
}

/**
 * @param onEvent for who folds something else of the same events in the same read
 * @throws BrokenHistoryError
 */
export async function loadComplaint(
  eventStore: EventStore,
  streamId: string,
  onEvent?: (event: RecordedEvent) => void,
): Promise<LoadedComplaint> {
  const commands = new Map<string, CommandTrace>();
  let { state, revision } = NOTHING_LOADED;
  for await (const message of eventStore.readStream(streamId)) {
    if (message.kind === 'undecodable') {
      throw new BrokenHistoryError(streamId, message.event.revision, message.event.reason);
    }
    if (message.kind !== 'event') continue;
    state = absorbOne(state, commands, message.event);
    revision = message.event.revision;
    onEvent?.(message.event);
  }
  return { state, revision, commands };
}
