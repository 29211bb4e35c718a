import {
  type Complaint,
  type ComplaintCommand,
  type ComplaintState,
  decide,
} from '#libs/complaint-domain/index.js';
import {
  type Actor,
  type ComplaintEvent,
  complaintIdOf,
  complaintStream,
} from '#libs/event-contracts/index.js';
import { type EventStore, type EventToAppend, WrongExpectedRevisionError } from '#libs/event-store/index.js';
import { CommandRefusedError, IdempotencyKeyReusedError, RaceLostError } from './command-errors.js';
import { eventIdOf, keyedCommandId } from './command-identity.js';
import type { CommandKeys } from './command-keys.port.js';
import type {
  CommandAnswer,
  CommandOutcome,
  ComplaintCommandRequest,
  DecisionContexts,
} from './command-request.js';
import type { ComplaintCache } from './complaint-cache.js';
import { type CommandTrace, type LoadedComplaint, absorb, loadComplaint } from './loaded-complaint.js';
import type { PersonalSealer } from './personal-sealer.port.js';
import { referenceNumberOf } from './reference-number.js';

export interface CommandHandling {
  readonly eventStore: EventStore;
  readonly commandKeys: CommandKeys;
  readonly sealer: PersonalSealer;
  readonly contexts: DecisionContexts;
  readonly cache: ComplaintCache;
  /** ISO 8601 UTC. */
  now(this: void): string;
  /** UUID v7. */
  newId(this: void): string;
  /** Waits before retry number n, so that two rivals don't collide again. */
  backOff(this: void, attempt: number): Promise<void>;
}

const MAXIMUM_ATTEMPTS = 8;

/**
 * Load, decide, seal, append. The decision is taken on an explicit revision and appended at just that one; when others
 * were faster it is taken again on what they left, unless the caller pinned a revision.
 * @throws CommandRefusedError, IdempotencyKeyReusedError, RaceLostError
 */
export async function handleComplaintCommand(
  handling: CommandHandling,
  request: ComplaintCommandRequest,
): Promise<CommandOutcome> {
  const { origin } = request;
  const commandId = commandIdOf(handling, request);
  const requestHash = handling.sealer.requestHash({
    type: request.type,
    complaintId: request.type === 'receive' ? undefined : request.complaintId,
    data: request.data,
    occurredAt: origin.occurredAt,
  });
  let claim = origin.idempotencyKey && (await handling.commandKeys.find(commandId));
  if (claim && claim.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
  let complaintId = request.complaintId ?? (claim && complaintIdOf(claim.streamId)) ?? handling.newId();

  for (let attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await handling.backOff(attempt);
    const streamId = complaintStream(complaintId);
    const cached = attempt === 0 ? handling.cache.get(streamId) : undefined;
    const loaded = cached ?? (await loadComplaint(handling.eventStore, streamId));
    if (loaded.revision >= 0) handling.cache.put(streamId, loaded);

    const earlier = loaded.commands.get(commandId);
    if (earlier) return { answer: answerOf(loaded.state, earlier, requestHash), repeated: true };
    if (
      origin.expectedRevision !== undefined &&
      origin.expectedRevision !== loaded.revision &&
      (loaded.state.exists || request.type === 'receive')
    ) {
      if (cached) continue;
      throw new RaceLostError(loaded.state.exists ? loaded.revision : 'nothing');
    }

    const { actor, decision } = decideAsAnyOf(handling, request, complaintId, loaded.state);
    if (!decision.ok) {
      if (cached) continue;
      throw new CommandRefusedError(decision.rejection);
    }

    if (origin.idempotencyKey && !claim) {
      claim = await handling.commandKeys.claim(commandId, { requestHash, streamId });
      if (claim.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
      if (claim.streamId !== streamId) {
        // Somebody used the key at the same moment and was first to reserve the id of the new complaint.
        complaintId = complaintIdOf(claim.streamId) ?? complaintId;
        continue;
      }
    }

    const envelope = { commandId, requestHash, occurredAt: decision.occurredAt, actor, origin };
    const written = await appendDecision(handling, streamId, loaded, decision.events, envelope);
    if (written) {
      handling.cache.put(streamId, written);
      const trace = written.commands.get(commandId);
      if (trace) return { answer: answerOf(written.state, trace, requestHash), repeated: false };
    }
    handling.cache.forget(streamId);
  }
  throw new RaceLostError(undefined);
}

interface DecisionEnvelope {
  readonly commandId: string;
  readonly requestHash: string;
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly origin: ComplaintCommandRequest['origin'];
}

/** The complaint after the append, or undefined when others were faster. */
async function appendDecision(
  handling: CommandHandling,
  streamId: string,
  loaded: LoadedComplaint,
  events: readonly ComplaintEvent[],
  { commandId, requestHash, occurredAt, actor, origin }: DecisionEnvelope,
): Promise<LoadedComplaint | undefined> {
  const sealed = await handling.sealer.seal(
    customerRefOf(loaded.state, events),
    events,
    !loaded.state.exists,
  );
  const context = {
    occurredAt,
    actor,
    commandId,
    $correlationId: origin.correlationId,
    $causationId: commandId,
    requestHash,
    ...(origin.submittedBy === undefined ? {} : { submittedBy: origin.submittedBy }),
  };
  const batch: readonly EventToAppend[] = sealed.map((event, index) => ({
    type: event.type,
    data: event.data,
    eventId: eventIdOf(commandId, index),
    context,
  }));
  const expected = loaded.revision < 0 ? 'no-stream' : loaded.revision;
  try {
    const { position } = await handling.eventStore.append(streamId, expected, batch);
    return absorb(
      loaded,
      sealed.map((event, index) => ({
        type: event.type,
        data: event.data,
        revision: loaded.revision + 1 + index,
        position,
        metadata: context,
      })),
    );
  } catch (error) {
    if (error instanceof WrongExpectedRevisionError) return undefined;
    throw error;
  }
}

function commandIdOf(handling: CommandHandling, { origin }: ComplaintCommandRequest): string {
  if (origin.commandId !== undefined) return origin.commandId;
  if (origin.idempotencyKey)
    return keyedCommandId(origin.idempotencyKey.callerSub, origin.idempotencyKey.key);
  return handling.newId();
}

/** A caller with several roles acts in the first one that may; the last refusal stands when none may. */
function decideAsAnyOf(
  handling: CommandHandling,
  request: ComplaintCommandRequest,
  complaintId: string,
  state: ComplaintState,
): { actor: Actor; decision: ReturnType<typeof decide> } {
  const context = handling.contexts.contextFor(
    state.exists ? state.cycleStartedAt : request.origin.occurredAt,
  );
  const [first, ...others] = request.origin.actors;
  const decideAs = (actor: Actor) => ({
    actor,
    decision: decide(domainCommand(handling, request, actor, complaintId), state, context),
  });
  let decided = decideAs(first);
  for (const actor of others) {
    if (decided.decision.ok || decided.decision.rejection.kind !== 'not-allowed') break;
    decided = decideAs(actor);
  }
  return decided;
}

function domainCommand(
  handling: CommandHandling,
  request: ComplaintCommandRequest,
  actor: Actor,
  complaintId: string,
): ComplaintCommand {
  const { occurredAt, importing } = request.origin;
  const envelope = { actor, occurredAt, importing, now: handling.now() };
  if (request.type !== 'receive')
    return { ...envelope, type: request.type, data: request.data } as ComplaintCommand;
  const { customer, ...rest } = request.data;
  return {
    ...envelope,
    type: 'receive',
    data: {
      ...rest,
      complaintId,
      reference: referenceNumberOf(complaintId),
      // Whoever complains without a reference gets one of the product's own, bound to this complaint.
      customer: { ...customer, ref: customer.ref ?? `customer-${complaintId}` },
    },
  };
}

function customerRefOf(state: ComplaintState, events: readonly ComplaintEvent[]): string {
  if (state.exists) return state.customerRef;
  const [first] = events;
  if (first?.type === 'ComplaintReceived') return first.data.customer.ref;
  throw new Error('A complaint begins with ComplaintReceived.');
}

function answerOf(state: ComplaintState, trace: CommandTrace, requestHash: string): CommandAnswer {
  if (trace.requestHash !== undefined && trace.requestHash !== requestHash)
    throw new IdempotencyKeyReusedError();
  const { id, reference } = state as Complaint;
  return { id, reference, revision: trace.revision, position: trace.position, events: trace.events };
}
