import type { DueTimers } from '#libs/escalation/index.js';
import type { Filter, ReadStore } from '#libs/read-store/index.js';
import type { SlaFacts } from '#projections/sla-facts/index.js';

type Timer = Pick<SlaFacts, '_id' | 'position' | 'nextEscalation'>;

/** The next escalation of every open complaint, as the facts of service levels keep it under an index. */
export function dueTimersOn(store: ReadStore): DueTimers {
  return {
    page: async (before, limit, after) => {
      const facts = await store.activeCollection<SlaFacts>('sla-facts');
      const due: Filter<SlaFacts> = { 'nextEscalation.at': { $gte: after?.at ?? '', $lt: before } };
      const filter: Filter<SlaFacts> =
        after === undefined
          ? due
          : {
              ...due,
              $or: [
                { 'nextEscalation.at': { $gt: after.at } },
                { 'nextEscalation.at': after.at, _id: { $gt: after.complaintId } },
              ],
            };
      const found = await facts
        .find<Timer>(filter, { projection: { position: 1, nextEscalation: 1 } })
        .sort({ 'nextEscalation.at': 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.flatMap(({ _id, position, nextEscalation }) =>
        nextEscalation === null ? [] : [{ complaintId: _id, at: nextEscalation.at, version: position }],
      );
    },
  };
}
