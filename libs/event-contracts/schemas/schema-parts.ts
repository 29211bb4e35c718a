import type { JsonSchema } from './json-schema.js';

/** What takes the place of a text about or by a person in the log: format version, key, ciphertext. */
export const SEALED_PATTERN = '^sealed:1:[A-Za-z0-9_.-]+:[A-Za-z0-9_-]+$';

export function described(schema: JsonSchema, description: string): JsonSchema {
  return { ...schema, description };
}

export function sealed(description: string): JsonSchema {
  return { type: 'string', pattern: SEALED_PATTERN, description };
}

export function oneOfWords(words: readonly string[]): JsonSchema {
  return { type: 'string', enum: words };
}

export const text: JsonSchema = { type: 'string', minLength: 1 };
export const flag: JsonSchema = { type: 'boolean' };
export const uuid: JsonSchema = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
};
export const code: JsonSchema = { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' };
/** ISO 8601 UTC with milliseconds: one form, so that text order is time order. */
export const instant: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
};
export const date: JsonSchema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
export const localTime: JsonSchema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
/** ISO 8601, e.g. PT4H or P30D. */
export const duration: JsonSchema = { type: 'string', pattern: '^P(?=.)[0-9YMWD.,]*(T[0-9HMS.,]+)?$' };
export const sha256: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

export function atLeast(minimum: number): JsonSchema {
  return { type: 'integer', minimum };
}

export function listOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

type OptionalKey<T> = { [Key in keyof T]-?: undefined extends T[Key] ? Key : never }[keyof T];

/**
 * A closed object with the very fields of a type: the compiler refuses a schema that forgets a field, invents one or
 * takes an optional one for required.
 */
export function objectOf<T extends object>(
  required: { readonly [Key in Exclude<keyof T, OptionalKey<T>>]: JsonSchema },
  optional: { readonly [Key in OptionalKey<T>]: JsonSchema },
): JsonSchema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}
