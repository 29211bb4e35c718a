import { STREAM_PREFIXES } from '#libs/event-contracts/index.js';
import type { Projection, ProjectionDocument } from '#libs/projection-engine/index.js';

/** Wrong counts, orders and contexts all show in these few fields. */
export interface Tally extends ProjectionDocument {
  readonly count: number;
  readonly trail: string;
  readonly open: boolean;
  /** The context's value when the last own event was folded, and after each refold. */
  readonly factor: number;
}

interface TallyData {
  readonly label?: string;
  readonly factor?: number;
}

/**
 * A projection that shows every mistake of an engine: it depends on order, number and context of events, refolds open
 * documents, has no document before `Opened` and after `Removed`, and cannot apply `Poison`.
 */
export const tallyProjection: Projection<Tally, number> = {
  name: 'tally',
  version: 1,
  indexes: [{ name: 'open', keys: { open: 1 } }],
  fold: (document, event, factor) => {
    const label = (event.data as TallyData).label ?? '';
    if (event.type === 'Poison') throw new Error(`cannot apply ${label}`);
    if (event.type === 'Removed') return null;
    if (!document) return event.type === 'Opened' ? { count: 1, trail: label, open: true, factor } : null;
    const trail = `${document.trail},${label}`.slice(-60);
    return {
      count: document.count + 1,
      trail,
      open: event.type === 'Closed' ? false : document.open,
      factor,
    };
  },
  context: {
    prefixes: [STREAM_PREFIXES.calendar],
    initial: 1,
    evolve: (factor, event) => factor * 3 + ((event.data as TallyData).factor ?? 0),
    refold: {
      filter: { open: true },
      apply: (document, _event, factor) => ({ ...document, count: document.count + 1000, factor }),
    },
  },
};
