import { isKnownType, newestVersion } from './schemas/event-schemas.js';
import { upcast } from './upcasters/upcast.js';
import { validateStored } from './schemas/validate-stored.js';

/** Versions, schemas and upcasters in the shape that the event store asks for; unknown types have no problems. */
export const eventCodec = {
  newestVersion: (type: string): number | undefined => (isKnownType(type) ? newestVersion(type) : undefined),
  problems: (type: string, version: number, data: unknown): readonly string[] =>
    isKnownType(type) ? validateStored(type, version, data) : [],
  upcast,
} as const;
