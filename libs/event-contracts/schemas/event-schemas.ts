import { COMPLAINT_RECEIVED_V1 } from './complaint-received.v1.schema.js';
import { COMPLAINT_SCHEMAS } from './complaint-schemas.js';
import { CONFIGURATION_SCHEMAS } from './configuration-schemas.js';
import type { ComplaintEventType } from '../complaint/complaint-events.js';
import type { ConfigurationEventType } from '../configuration/configuration-events.js';
import type { JsonSchema } from './json-schema.js';
import { isComplaintEventType } from '../complaint/complaint-event-types.js';
import { isConfigurationEventType } from '../configuration/configuration-event-types.js';

export type KnownEventType = ComplaintEventType | ConfigurationEventType;

/** Older versions, from 1 on; a type that is not here is in its first version. Entries are only ever added. */
const OLDER_VERSIONS: Readonly<Partial<Record<KnownEventType, readonly JsonSchema[]>>> = {
  ComplaintReceived: [COMPLAINT_RECEIVED_V1],
};

const NEWEST: Readonly<Record<KnownEventType, JsonSchema>> = {
  ...COMPLAINT_SCHEMAS,
  ...CONFIGURATION_SCHEMAS,
};

export const KNOWN_EVENT_TYPES = Object.keys(NEWEST) as readonly KnownEventType[];

/** A reader skips what it does not know: a type of a later release never breaks it. */
export function isKnownType(type: string): type is KnownEventType {
  return isComplaintEventType(type) || isConfigurationEventType(type);
}

/** Schemas of all versions of a type: version n stands at n - 1. */
export function schemasOf(type: KnownEventType): readonly JsonSchema[] {
  return [...(OLDER_VERSIONS[type] ?? []), NEWEST[type]];
}

/** The version that is written today. */
export function newestVersion(type: KnownEventType): number {
  return (OLDER_VERSIONS[type]?.length ?? 0) + 1;
}
