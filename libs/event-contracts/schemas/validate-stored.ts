import { type ErrorObject, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type KnownEventType, isKnownType, schemasOf } from './event-schemas.js';
import { METADATA_SCHEMA } from './metadata-schema.js';

// Tuples and unions of type are used on purpose.
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
/** By type; version n stands at n - 1. Compiled when first asked for: every reader asks for every event. */
const compiled = new Map<string, (ValidateFunction | undefined)[]>();
let metadataValidator: ValidateFunction | undefined;

function validatorOf(type: KnownEventType, version: number): ValidateFunction | undefined {
  const known = compiled.get(type)?.[version - 1];
  if (known) return known;
  const schema = schemasOf(type)[version - 1];
  if (!schema) return undefined;
  const validate = ajv.compile(schema);
  const versions = compiled.get(type) ?? [];
  versions[version - 1] = validate;
  compiled.set(type, versions);
  return validate;
}

/**
 * What breaks the schema of stored (sealed) data; empty when nothing does. Problems name places and rules, never
 * content, so that they may be logged.
 */
export function validateStored(type: string, version: number, data: unknown): readonly string[] {
  if (!isKnownType(type)) return [`"${type}" is not a known event type`];
  const validate = validatorOf(type, version);
  return validate ? problems(validate, data) : [`${type} has no version ${version}`];
}

export function validateMetadata(metadata: unknown): readonly string[] {
  metadataValidator ??= ajv.compile(METADATA_SCHEMA);
  return problems(metadataValidator, metadata);
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
