import { isComplaintEventType, isConfigurationEventType } from '#libs/event-contracts/index.js';
import type { EventCodec } from './event-codec.js';

/** The types, schemas and upcasters of event-contracts. */
export const contractsCodec: EventCodec = {
  newestVersion: (type) => (isComplaintEventType(type) || isConfigurationEventType(type) ? 1 : undefined),
  problems: () => [],
  upcast: (_type, _version, data) => data,
};
