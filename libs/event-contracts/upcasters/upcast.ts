import { type KnownEventType, isKnownType, newestVersion } from '../schemas/event-schemas.js';
import { type ComplaintReceivedV1, complaintReceivedV1ToV2 } from './complaint-received.v1.js';

type Step = (data: unknown) => unknown;

/** From version n (at n - 1) to n + 1. Steps are pure, and work on sealed data. */
const STEPS: Readonly<Partial<Record<KnownEventType, readonly Step[]>>> = {
  ComplaintReceived: [(data) => complaintReceivedV1ToV2(data as ComplaintReceivedV1)],
};

export class UnknownVersionError extends Error {
  constructor(type: string, version: number) {
    super(`There is no version ${version} of ${type} in this release`);
    this.name = 'UnknownVersionError';
  }
}

/**
 * Brings valid data of any version to the newest one. Data of an unknown type is returned as it is.
 * @throws UnknownVersionError for a version that this release does not know
 */
export function upcast(type: string, version: number, data: unknown): unknown {
  if (!isKnownType(type)) return data;
  const newest = newestVersion(type);
  if (!Number.isInteger(version) || version < 1 || version > newest)
    throw new UnknownVersionError(type, version);
  const steps = STEPS[type];
  if (!steps || version === newest) return data;
  return steps.slice(version - 1).reduce((older, step) => step(older), data);
}
