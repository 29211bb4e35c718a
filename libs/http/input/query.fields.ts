import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import type { FieldOptions } from './field.js';
import { IsIsoInstant } from './time.fields.js';
import { IsFlag, IsListOfTexts, IsWhole } from './value.fields.js';

/** Query strings are text: these read them as what they mean, before the same rules as for bodies apply. */
function fromText(read: (text: string) => unknown): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value));
}

export function QueryWhole(
  options: FieldOptions & { readonly min: number; readonly max: number },
): PropertyDecorator {
  return applyDecorators(
    fromText((text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text)),
    IsWhole({ optional: true, ...options }),
  );
}

/** Page size: declare the property with its default, `limit = 50`. */
export function QueryLimit(max = 200): PropertyDecorator {
  return QueryWhole({ min: 1, max, description: 'How many items at most' });
}

export function QueryFlag(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    fromText((text) => (text === 'true' ? true : text === 'false' ? false : text)),
    IsFlag({ optional: true, ...options }),
  );
}

/** A `+` that was not escaped arrives as a blank; before an offset it can have meant nothing else. */
export function QueryInstant(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    fromText((text) => text.replace(/ (\d{2}:\d{2})$/, '+$1')),
    IsIsoInstant({ optional: true, ...options }),
  );
}

/** `?status=open,routed` or `?status=open&status=routed`. */
export function QueryList(
  options: FieldOptions & {
    readonly max: number;
    readonly what: string;
    readonly test: (value: unknown) => boolean;
  },
): PropertyDecorator {
  return applyDecorators(
    fromText((text) => text.split(',')),
    IsListOfTexts({ optional: true, min: 1, ...options }),
  );
}
