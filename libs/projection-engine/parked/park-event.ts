import type { DeliveredEvent } from '../fold/delivered-event.js';
import { parkedId, WAITS, type ParkedEvent } from './parked-event.js';

export const reasonWaits = WAITS;

export function parkedEvent(
  complaintId: string,
  message: DeliveredEvent,
  reason: string,
  waits: boolean,
): ParkedEvent {
  const { revision, position, type, eventId, recordedAt } = message.event;
  return {
    _id: parkedId(complaintId, position),
    complaintId,
    revision,
    position,
    type,
    eventId,
    recordedAt,
    reason,
    waits,
    parkedAt: new Date().toISOString(),
  };
}
