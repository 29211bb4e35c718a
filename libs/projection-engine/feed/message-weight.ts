import type { DeliveredEvent } from '../fold/delivered-event.js';

/** Rough size in bytes, to bound memory: cheap to compute, never far too small. */
export function weightOf(event: DeliveredEvent['event']): number {
  return 'data' in event ? 600 + weightOfValue(event.data) : 600;
}

function weightOfValue(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  let weight = 32;
  for (const key in value) weight += 16 + weightOfValue((value as Record<string, unknown>)[key]);
  return weight;
}
