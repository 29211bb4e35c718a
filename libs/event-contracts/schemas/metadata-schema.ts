import { type Actor, ROLES } from '../envelope/actor.js';
import { atLeast, described, instant, objectOf, oneOfWords, sha256, text } from './schema-parts.js';
import type { EventMetadata } from '../envelope/metadata.js';
import type { JsonSchema } from './json-schema.js';

const actor = objectOf<Actor>(
  {
    sub: text,
    name: { type: 'string' },
    role: described(oneOfWords(ROLES), 'The role that the command was allowed by.'),
  },
  { team: described(text, 'Of an officer, as the token said.') },
);

/** The envelope that stands beside the data of every event. */
export const METADATA_SCHEMA: JsonSchema = described(
  objectOf<EventMetadata>(
    {
      schemaVersion: described(atLeast(1), 'Version of the schema of the data.'),
      occurredAt: described(instant, 'When it happened in the world; the store adds when it was recorded.'),
      actor: described(actor, 'Who did it, as the token said at that moment.'),
      commandId: text,
      $correlationId: text,
      $causationId: text,
      hash: described(sha256, 'SHA-256 of the canonical event, this field excepted.'),
      previousHash: described(
        { type: ['string', 'null'], ...(sha256.pattern === undefined ? {} : { pattern: sha256.pattern }) },
        'Hash of the event before it in the stream; null for the first.',
      ),
    },
    {
      requestHash: described(text, 'Keyed digest of the request.'),
      submittedBy: described(text, '`sub` of the upstream service that sent it for the actor.'),
    },
  ),
  'Who, when, why and by which command; with the chain of hashes.',
);
