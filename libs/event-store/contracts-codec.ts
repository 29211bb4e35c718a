import { eventCodec } from '#libs/event-contracts/index.js';
import type { EventCodec } from './event-codec.js';

/** The types, schemas and upcasters of event-contracts. */
export const contractsCodec: EventCodec = eventCodec;
