import type { Decimal } from '../bson/decimal.js';
import type { Bytes, Double, Value } from '../bson/values.js';
import type { Matcher } from './pattern.js';

/** A parsed filter. The planner reads it for what an index can serve, compile.ts makes the test of it. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly filters: readonly Filter[] }
  | {
      readonly kind: 'field';
      readonly path: string;
      readonly parts: readonly string[];
      readonly test: FieldTest;
    }
  | { readonly kind: 'expression'; readonly matches: (doc: import('../bson/doc.js').Doc) => boolean }
  | { readonly kind: 'constant'; readonly value: boolean };

export type Comparison = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';

export type FieldTest =
  | { readonly op: Comparison; readonly value: Value }
  | { readonly op: 'in'; readonly values: readonly Value[]; readonly patterns: readonly Matcher[] }
  | { readonly op: 'regex'; readonly pattern: Matcher }
  | { readonly op: 'exists' }
  | { readonly op: 'type'; readonly types: ReadonlySet<number> }
  | { readonly op: 'mod'; readonly divisor: bigint; readonly remainder: bigint }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'bits'; readonly mode: BitMode; readonly mask: bigint }
  | { readonly op: 'elementObject'; readonly filter: Filter }
  | { readonly op: 'elementValue'; readonly tests: readonly FieldTest[] }
  | { readonly op: 'all'; readonly tests: readonly FieldTest[] }
  | { readonly op: 'not'; readonly tests: readonly FieldTest[] };

export type BitMode = 'allSet' | 'allClear' | 'anySet' | 'anyClear';
export type BitOperand = number | bigint | Double | Decimal | Bytes;
