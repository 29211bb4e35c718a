import type {
  Actor,
  ComplaintEvent,
  ComplaintEventData,
  ConfigurationEvent,
  RecordedEvent,
} from '#libs/event-contracts/index.js';

const RECORDER: Actor = { sub: 'ayse', name: 'Ayşe', role: 'agent' };

export interface Placing {
  readonly by?: Actor;
  /** Default: when it occurred. */
  readonly recordedAt?: string;
}

export type Recorded<Event extends { type: string; data: unknown }> = Event & RecordedEvent;

/** A log in memory: gives events their places in it, one after the other, as the event store would. */
export class EventsInOrder {
  private position = 0;
  private readonly revisions = new Map<string, number>();

  complaint(
    id: string,
    event: ComplaintEvent,
    occurredAt: string,
    placing: Placing = {},
  ): Recorded<ComplaintEvent> {
    return this.record(`complaint-${id}`, event, occurredAt, placing);
  }

  configuration(
    event: ConfigurationEvent,
    occurredAt: string,
    placing: Placing = {},
  ): Recorded<ConfigurationEvent> {
    return this.record(configurationStream(event), event, occurredAt, placing);
  }

  private record<Event extends { readonly type: string; readonly data: unknown }>(
    streamId: string,
    event: Event,
    occurredAt: string,
    { by = RECORDER, recordedAt = occurredAt }: Placing,
  ): Recorded<Event> {
    this.position += 100;
    const place = String(this.position).padStart(20, '0');
    const revision = (this.revisions.get(streamId) ?? -1) + 1;
    this.revisions.set(streamId, revision);
    const eventId = `00000000-0000-7000-8000-${String(this.position).padStart(12, '0')}`;
    return {
      ...event,
      streamId,
      revision,
      position: `${place}-${place}`,
      eventId,
      recordedAt,
      metadata: {
        schemaVersion: 1,
        occurredAt,
        actor: by,
        commandId: eventId,
        $correlationId: eventId,
        $causationId: eventId,
        hash: eventId,
        previousHash: null,
      },
    };
  }
}

function configurationStream(event: ConfigurationEvent): string {
  switch (event.type) {
    case 'CallTreeNodeDefined':
      return `callTree-${event.data.code}`;
    case 'CategoryDefined':
      return `category-${event.data.code}`;
    case 'TeamDefined':
      return `team-${event.data.code}`;
    case 'CalendarDefined':
      return `calendar-${event.data.code}`;
    case 'SlaPolicyPublished':
      return 'slaPolicy-default';
  }
}

type Reception = ComplaintEventData['ComplaintReceived'];

/** A reception that says only what a test is about. Texts stand for sealed ones. */
export function reception(about: Partial<Reception> & Pick<Reception, 'receivedAt'>): ComplaintEvent {
  return {
    type: 'ComplaintReceived',
    data: {
      complaintId: 'c-1',
      reference: 'SK-2026-000001',
      customer: { ref: 'M-1', kind: 'owner', name: 'sealed:name' },
      property: { project: 'Bahçekent', block: 'sealed:block', unit: 'sealed:unit' },
      channel: 'phone',
      contactedAt: about.receivedAt,
      callTree: 'defects-plumbing',
      priority: 'normal',
      subject: 'sealed:subject',
      description: 'sealed:description',
      ...about,
    },
  };
}

export const NAMES = { tr: 'Ad', en: 'Name' };

/** Monday to Friday 09:00 to 17:00 UTC unless told otherwise. */
export function calendarDefined(
  about: Partial<Extract<ConfigurationEvent, { type: 'CalendarDefined' }>['data']> = {},
): ConfigurationEvent {
  const day = [['09:00', '17:00']] as const;
  const hours = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day };
  return {
    type: 'CalendarDefined',
    data: { code: 'default', names: NAMES, timeZone: 'UTC', hours, ...about },
  };
}

export function policyPublished(
  about: Partial<Extract<ConfigurationEvent, { type: 'SlaPolicyPublished' }>['data']> = {},
): ConfigurationEvent {
  return {
    type: 'SlaPolicyPublished',
    data: {
      version: 1,
      effectiveFrom: '2000-01-01T00:00:00.000Z',
      calendar: 'default',
      registration: { phone: 'PT15M', email: 'PT4H' },
      resolution: [{ callTree: 'defects', target: 'PT8H' }],
      approval: 'PT4H',
      survey: 'PT8H',
      escalation: [
        { level: 1, at: '75%', notify: ['team'] },
        { level: 2, at: '100%', notify: ['supervisor'] },
      ],
      reopenWindow: 'P14D',
      surveyAttempts: 2,
      ...about,
    },
  };
}

export function nodeDefined(code: string, parent?: string): ConfigurationEvent {
  return { type: 'CallTreeNodeDefined', data: { code, names: NAMES, parent, active: true } };
}
