import { type ErrorObject, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type KnownEventType, isKnownType, schemasOf } from './event-schemas.js';
import { METADATA_SCHEMA } from './metadata-schema.js';
import type { JsonSchema } from './json-schema.js';

// Tuples and unions of type are used on purpose.
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
const compiled = new Map<string, ValidateFunction>();

function validatorOf(key: string, schema: JsonSchema): ValidateFunction {
  const known = compiled.get(key);
  if (known) return known;
  const validate = ajv.compile(schema);
  compiled.set(key, validate);
  return validate;
}

/**
 * What breaks the schema of stored (sealed) data; empty when nothing does. Problems name places and rules, never
 * content, so that they may be logged.
 */
export function validateStored(type: string, version: number, data: unknown): readonly string[] {
  if (!isKnownType(type)) return [`"${type}" is not a known event type`];
  const schema = schemasOf(type)[version - 1];
  if (!schema) return [`${type} has no version ${version}`];
  return problems(validatorOf(keyOf(type, version), schema), data);
}

export function validateMetadata(metadata: unknown): readonly string[] {
  return problems(validatorOf('metadata', METADATA_SCHEMA), metadata);
}

function keyOf(type: KnownEventType, version: number): string {
  return `${type}.v${version}`;
}

function problems(validate: ValidateFunction, value: unknown): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(describe);
}

function describe(error: ErrorObject): string {
  const place = error.instancePath === '' ? 'the event' : error.instancePath;
  // The library's words for a pattern hold the pattern: long, and of no help.
  const words = error.keyword === 'pattern' ? 'is not in the form that the schema asks for' : error.message;
  return `${place} ${words ?? 'is not valid'}`;
}
