import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { complaintStream, type RecordedEvent } from '#libs/event-contracts/index.js';
import type { UndecodableEvent } from '#libs/event-store/index.js';
import { keyIdsOf, openEvent, type DataKey } from '#libs/personal-data/index.js';
import { ComplaintRegisterQueries } from '#projections/complaint-register/index.js';
import { refuseOtherTeams } from '../../access/visibility.js';
import { notFound } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { foldComplaint } from '../past-complaint.js';
import type { HistoryEntry, HistoryPage } from './complaint-history.body.js';
import type { HistoryBasis } from './complaint-history.dto.js';
import { ComplaintHistoryQuery } from './complaint-history.query.js';
import { pageByOccurrence, pageByRecording, type StoredMessage } from './history-page.js';

/** Straight from the log: a history is what was recorded, not what a read model made of it. */
@QueryHandler(ComplaintHistoryQuery)
export class ComplaintHistoryHandler implements IQueryHandler<ComplaintHistoryQuery> {
  constructor(
    private readonly register: ComplaintRegisterQueries,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ id, basis, page, visibility }: ComplaintHistoryQuery): Promise<HistoryPage> {
    if (visibility.team !== undefined) {
      const known = (await this.register.find(id)) ?? (await foldComplaint(this.parts, id, () => true));
      refuseOtherTeams(visibility, known?.teams ?? []);
    }
    const pageOf = basis === 'occurred' ? pageByOccurrence : pageByRecording;
    const { shown, nextCursor } = await pageOf(this.parts.eventStore, complaintStream(id), page);
    if (shown.length === 0 && page.cursor === undefined) throw notFound('complaint with this id');
    const keys = await this.keysOf(shown);
    return { items: shown.map((message) => entryOf(message, basis, keys)), nextCursor };
  }

  private keysOf(messages: readonly StoredMessage[]): Promise<ReadonlyMap<string, DataKey>> {
    const keyIds = messages.flatMap((message) =>
      message.kind === 'event' ? [...keyIdsOf(message.event.type, message.event.data)] : [],
    );
    return this.parts.keyStore.keysById(keyIds);
  }
}

function entryOf(
  message: StoredMessage,
  basis: HistoryBasis,
  keys: ReadonlyMap<string, DataKey>,
): HistoryEntry {
  return message.kind === 'event' ? readable(message.event, basis, keys) : unreadable(message.event);
}

function readable(
  event: RecordedEvent,
  basis: HistoryBasis,
  keys: ReadonlyMap<string, DataKey>,
): HistoryEntry {
  const { type, revision, position, eventId, recordedAt, metadata } = event;
  return {
    type,
    revision,
    position,
    eventId,
    at: basis === 'occurred' ? metadata.occurredAt : recordedAt,
    occurredAt: metadata.occurredAt,
    recordedAt,
    actor: metadata.actor,
    correlationId: metadata.$correlationId,
    causationId: metadata.$causationId,
    ...openedData(event, keys),
    hash: metadata.hash,
    previousHash: metadata.previousHash,
  };
}

function openedData(
  { type, data }: RecordedEvent,
  keys: ReadonlyMap<string, DataKey>,
): Pick<HistoryEntry, 'data' | 'undecodable'> {
  try {
    return { data: openEvent(type, data, keys) };
  } catch {
    return { data: null, undecodable: 'a sealed text has been altered' };
  }
}

function unreadable({
  type,
  revision,
  position,
  eventId,
  recordedAt,
  reason,
}: UndecodableEvent): HistoryEntry {
  return {
    type,
    revision,
    position,
    eventId,
    at: recordedAt,
    occurredAt: null,
    recordedAt,
    actor: null,
    correlationId: null,
    causationId: null,
    data: null,
    hash: null,
    previousHash: null,
    undecodable: reason,
  };
}
