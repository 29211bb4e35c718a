import { CHANNELS, CUSTOMER_KINDS } from '../complaint/vocabulary.js';
import { code, described, instant, objectOf, oneOfWords, sealed, text, uuid } from './schema-parts.js';
import type { ComplaintReceivedV1 } from '../upcasters/complaint-received.v1.js';
import type { JsonSchema } from './json-schema.js';

export const COMPLAINT_RECEIVED_V1: JsonSchema = described(
  objectOf<ComplaintReceivedV1>(
    {
      complaintId: uuid,
      reference: text,
      customerRef: text,
      customerKind: oneOfWords(CUSTOMER_KINDS),
      customerName: sealed('Name.'),
      channel: oneOfWords(CHANNELS),
      contactedAt: instant,
      receivedAt: instant,
      mainCategory: described(code, 'Call-tree node.'),
      subject: sealed('In a few words.'),
      description: sealed('What the customer said.'),
    },
    {
      customerPhone: sealed('Phone number.'),
      customerEmail: sealed('E-mail address.'),
      project: text,
      block: sealed('Block.'),
      unit: sealed('Home or business unit.'),
    },
  ),
  'A complaint was recorded. Before the call tree and priorities; the customer stood flat in the event.',
);
