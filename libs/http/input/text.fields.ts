import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { field, type FieldOptions } from './field.js';

export interface TextOptions extends FieldOptions {
  /** UTF-16 code units after trimming. */
  readonly max: number;
}

const trimmed = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.trim() : value,
);

/** Controls other than tab and line ends; marks of writing direction and joiners are text like any other. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** Text of any script; surrounding blanks are cut off, and something must remain. */
export function IsText(options: TextOptions): PropertyDecorator {
  const { max } = options;
  return applyDecorators(
    trimmed,
    field(
      {
        name: 'isText',
        message: `must be text of 1 to ${max} characters, not only blanks, without control characters`,
        test: (value) =>
          typeof value === 'string' && value !== '' && value.length <= max && !CONTROLS.test(value),
        schema: { type: String, minLength: 1, maxLength: max },
      },
      options,
    ),
  );
}

const CODE = '^[a-z0-9][a-z0-9-]{0,62}$';
const CODE_PATTERN = new RegExp(CODE);

/** Code of a team, a call-tree node, a category or a calendar. */
export function IsCode(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isCode',
      message: 'must be a code: 1 to 63 of a-z, 0-9 and "-", not starting with "-"',
      test: isCode,
      schema: { type: String, pattern: CODE },
    },
    options,
  );
}

export function isCode(value: unknown): value is string {
  return typeof value === 'string' && CODE_PATTERN.test(value);
}

/** Well-formed after BCP 47; whether such a language is spoken is not asked. */
export function IsLanguageTag(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isLanguageTag',
      message: 'must be a language tag (BCP 47), such as tr or tr-TR',
      test: isLanguageTag,
      schema: { type: String, maxLength: 35 },
    },
    options,
  );
}

function isLanguageTag(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** Something that mail could be sent to; only sending tells more. */
export function IsEmailLike(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    trimmed,
    field(
      {
        name: 'isEmailLike',
        message: 'must be an e-mail address of at most 254 characters',
        test: (value) =>
          typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@.][^\s@]*$/.test(value),
        schema: { type: String, format: 'email', maxLength: 254 },
      },
      options,
    ),
  );
}

/** As people write telephone numbers: 3 to 20 digits of any script, with the usual signs between them. */
export function IsPhoneLike(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    trimmed,
    field(
      {
        name: 'isPhoneLike',
        message: 'must be a telephone number: 3 to 20 digits, with blanks and + ( ) - . / between them',
        test: isPhoneLike,
        schema: { type: String, maxLength: 40 },
      },
      options,
    ),
  );
}

function isPhoneLike(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 40) return false;
  const digits = value.match(/\p{Nd}/gu)?.length ?? 0;
  return digits >= 3 && digits <= 20 && /^\+?[\p{Nd} ()\-./]+(x\p{Nd}{1,6})?$/u.test(value);
}
