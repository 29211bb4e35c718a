import { readFile } from 'node:fs/promises';
import { CHANNELS, CUSTOMER_KINDS, PRIORITIES, RESOLUTION_OUTCOMES } from '#libs/event-contracts/index.js';
import type { EventLogMapping } from '#libs/importing/index.js';
import { Ajv } from 'ajv';

/** The mapping file is not one; the message names each place. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

const text = { type: 'string', minLength: 1 } as const;
const code = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' } as const;
const object = (properties: Record<string, unknown>, optional: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const meaning = (as: string, properties: Record<string, unknown> = {}): object =>
  object({ as: { const: as }, ...properties });

const SCHEMA = object(
  {
    $comment: text,
    source: code,
    columns: object({ case: text, activity: text, time: text, resource: text }),
    teamPrefix: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,30}$' },
    reception: object({
      channel: { enum: CHANNELS },
      callTree: object({ code, names: object({ tr: text, en: text }), parent: code }, ['parent']),
      customerKind: { enum: CUSTOMER_KINDS },
      priority: { enum: PRIORITIES },
    }),
    activities: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        discriminator: { propertyName: 'as' },
        required: ['as'],
        oneOf: [
          meaning('reception'),
          meaning('seriousness', { raises: { type: 'array', items: { enum: PRIORITIES } } }),
          meaning('take-in-charge'),
          meaning('wait'),
          meaning('action', { kind: text }),
          meaning('resolution', { outcome: { enum: RESOLUTION_OUTCOMES } }),
          meaning('closing'),
        ],
      },
    },
  },
  ['$comment'],
);

const validate = new Ajv({ allErrors: true, discriminator: true }).compile(SCHEMA);

/** @throws MappingError */
export async function readMapping(file: string): Promise<EventLogMapping> {
  let mapping: unknown;
  try {
    mapping = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new MappingError(
      `The mapping ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (validate(mapping)) return mapping as EventLogMapping;
  const problems = (validate.errors ?? []).map(
    ({ instancePath, message }) => `  - ${instancePath || '/'} ${message ?? ''}`,
  );
  throw new MappingError(`The mapping ${file} is not one:\n${problems.join('\n')}`);
}
