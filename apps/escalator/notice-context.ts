import { evolve, initialState, type ComplaintState } from '#libs/complaint-domain/index.js';
import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import { isComplaintEventType } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import type { EscalatedEvent, NoticeContext } from '#libs/notifications/index.js';

/** What the log and the configuration say of an escalated complaint, as it was when it escalated. */
export async function noticeContext(
  eventStore: EventStore,
  configuration: ConfigurationModel,
  linkPattern: string | undefined,
  complaintId: string,
  event: EscalatedEvent,
): Promise<NoticeContext> {
  let state: ComplaintState = initialState;
  for await (const message of eventStore.readStream(event.streamId, { toRevision: event.revision })) {
    if (message.kind === 'event' && isComplaintEventType(message.event.type)) {
      state = evolve(state, message.event);
    }
  }
  // Without a readable reception there is no reference, but a level that was reached is told of all the same.
  const { reference, team } = state.exists ? state : { reference: complaintId, team: undefined };
  const timeZone = zoneOf(configuration, event.data.policyVersion);
  const link = linkPattern?.replaceAll('{id}', complaintId).replaceAll('{reference}', reference);
  return {
    complaintId,
    reference,
    ...(team === undefined ? {} : { team }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(link === undefined ? {} : { link }),
  };
}

function zoneOf({ policies, calendars }: ConfigurationModel, policyVersion: number): string | undefined {
  const policy = policies.find(({ version }) => version === policyVersion);
  return policy && calendars.newest.get(policy.data.calendar)?.timeZone;
}
