import {
  BrokenHistoryError,
  type CommandHandling,
  CommandRefusedError,
  IdempotencyKeyReusedError,
  RaceLostError,
  eventIdOf,
  keyedCommandId,
} from '#libs/command-handling/index.js';
import type { GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';
import { type EventStore, WrongExpectedRevisionError } from '#libs/event-store/index.js';
import type { ConfigurationAnswer, ConfigurationRequest } from './configuration-command.js';
import type { ConfigurationView } from './configuration-view.js';
import { type DefinitionPlace, decideConfiguration, placeOf } from './decide-configuration.js';

const MAXIMUM_ATTEMPTS = 5;

export type ConfigurationHandling = Pick<
  CommandHandling,
  'eventStore' | 'commandKeys' | 'sealer' | 'now' | 'newId' | 'backOff'
> & { readonly view: ConfigurationView };

/**
 * Decides on the configuration as it stands in the log this moment, appends at the revision decided on, and returns once
 * this process has the change in force.
 * @throws CommandRefusedError, IdempotencyKeyReusedError, RaceLostError, BrokenHistoryError
 */
export function handleConfigurationCommand(
  handling: ConfigurationHandling,
  request: ConfigurationRequest,
): Promise<ConfigurationAnswer> {
  return handling.view.alone(() => change(handling, request));
}

async function change(
  handling: ConfigurationHandling,
  request: ConfigurationRequest,
): Promise<ConfigurationAnswer> {
  const { command, origin } = request;
  const { view, eventStore, commandKeys, sealer } = handling;
  const key = origin.idempotencyKey;
  const commandId = origin.commandId ?? (key ? keyedCommandId(key.callerSub, key.key) : handling.newId());
  const requestHash = sealer.requestHash({ type: command.type, data: command.data });
  const earlier = key && (await commandKeys.find(commandId));
  if (earlier && earlier.requestHash !== requestHash) throw new IdempotencyKeyReusedError();

  for (let attempt = 0; attempt < MAXIMUM_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await handling.backOff(attempt);
    await view.refresh();
    const place = placeOf(command, view.current);
    const revision = place.versions - 1;
    const done = earlier && (await findCommand(eventStore, place.streamId, commandId));
    if (done) return inForce(handling, request, { ...named(place), ...done, version: done.revision + 1 });
    if (origin.expectedRevision !== undefined && origin.expectedRevision !== revision)
      throw new RaceLostError(revision < 0 ? 'nothing' : revision);

    const [actor] = origin.actors;
    const decision = decideConfiguration(command, view.current, actor, handling.now());
    if (!decision.ok) throw new CommandRefusedError(decision.rejection);
    if (key) {
      const claim = await commandKeys.claim(commandId, { requestHash, streamId: place.streamId });
      if (claim.requestHash !== requestHash) throw new IdempotencyKeyReusedError();
    }
    if (decision.events.length === 0) {
      const last = await lastEventOf(eventStore, place.streamId);
      if (last) return { ...named(place), ...last, events: [], version: last.revision + 1 };
    }
    const context = {
      occurredAt: decision.occurredAt,
      actor,
      commandId,
      $correlationId: origin.correlationId,
      $causationId: commandId,
      requestHash,
    };
    const batch = decision.events.map((event, index) => ({
      ...event,
      eventId: eventIdOf(commandId, index),
      context,
    }));
    try {
      const appended = await eventStore.append(place.streamId, revision < 0 ? 'no-stream' : revision, batch);
      await view.refresh();
      const events = batch.map(({ type }) => type);
      return inForce(handling, request, {
        ...named(place),
        ...appended,
        events,
        version: appended.revision + 1,
      });
    } catch (error) {
      if (!(error instanceof WrongExpectedRevisionError)) throw error;
      await refuseUnreadable(eventStore, place.streamId);
    }
  }
  throw new RaceLostError(undefined);
}

/** A definition to which another process's came first, so that it would close a circle, is on record but refused. */
function inForce(
  { view, now }: ConfigurationHandling,
  { command, origin }: ConfigurationRequest,
  answer: ConfigurationAnswer,
): ConfigurationAnswer {
  const { outOfForce } = placeOf(command, view.current);
  if (!outOfForce.includes(answer.revision)) return answer;
  const decision = decideConfiguration(command, view.current, origin.actors[0], now());
  if (!decision.ok) throw new CommandRefusedError(decision.rejection);
  throw new RaceLostError(answer.revision);
}

function named({ code }: DefinitionPlace): { id: string; reference: string } {
  return { id: code, reference: code };
}

interface Trace {
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly events: readonly string[];
}

/** What cannot be read is missing among the versions, and no race was lost. @throws BrokenHistoryError */
async function refuseUnreadable(eventStore: EventStore, streamId: string): Promise<void> {
  for await (const message of eventStore.readStream(streamId)) {
    if (message.kind !== 'undecodable') continue;
    throw new BrokenHistoryError(streamId, message.event.revision, message.event.reason);
  }
}

async function findCommand(
  eventStore: EventStore,
  streamId: string,
  commandId: string,
): Promise<Trace | undefined> {
  for await (const message of eventStore.readStream(streamId)) {
    if (message.kind !== 'event' || message.event.metadata.commandId !== commandId) continue;
    return {
      revision: message.event.revision,
      position: message.event.position,
      events: [message.event.type],
    };
  }
  return undefined;
}

async function lastEventOf(
  eventStore: EventStore,
  streamId: string,
): Promise<{ revision: StreamRevision; position: GlobalPosition } | undefined> {
  for await (const message of eventStore.readStream(streamId, { direction: 'backwards', maxCount: 1 })) {
    if (message.kind !== 'position')
      return { revision: message.event.revision, position: message.event.position };
  }
  return undefined;
}
