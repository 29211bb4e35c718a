import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { equality, isOperatorObject } from './equality.js';
import type { FieldTest, Filter } from './filter.js';
import { parseOperator, type ExpressionFilter } from './parse-operator.js';

const deepest = 100;

export function parseFilter(query: Doc, expression: ExpressionFilter, depth = 0): Filter {
  if (depth > deepest) throw fail('BadValue', `Filter is nested more than ${deepest} levels deep`);
  const filters: Filter[] = [];
  for (const [name, value] of query.entries()) {
    if (name.startsWith('$')) {
      const filter = parseTopLevel(name, value, expression, depth);
      if (filter) filters.push(filter);
    } else filters.push(...parseField(name, value, expression, depth));
  }
  return filters.length === 1 ? (filters[0] as Filter) : { kind: 'and', filters };
}

function parseTopLevel(
  name: string,
  value: Value,
  expression: ExpressionFilter,
  depth: number,
): Filter | undefined {
  switch (name) {
    case '$and':
    case '$or':
    case '$nor': {
      if (!isArray(value) || value.length === 0) throw fail('BadValue', `${name} must be a nonempty array`);
      const filters = value.map((item) => {
        if (!(item instanceof Doc)) throw fail('BadValue', `${name} argument's entries must be objects`);
        return parseFilter(item, expression, depth + 1);
      });
      return { kind: name.slice(1) as 'and' | 'or' | 'nor', filters };
    }
    case '$expr':
      return { kind: 'expression', matches: expression(value) };
    case '$comment':
      return undefined;
    case '$alwaysTrue':
      return { kind: 'constant', value: true };
    case '$alwaysFalse':
      return { kind: 'constant', value: false };
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw fail('BadValue', `${name} is not supported by this server`);
    default:
      throw fail(
        'BadValue',
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function parseField(path: string, value: Value, expression: ExpressionFilter, depth: number): Filter[] {
  const parts = path.split('.');
  return parseTests(value, expression, depth).map((test) => ({ kind: 'field', path, parts, test }));
}

export function parseTests(value: Value, expression: ExpressionFilter, depth: number): FieldTest[] {
  if (!isOperatorObject(value)) return [equality(value)];
  const tests: FieldTest[] = [];
  const options = value.get('$options');
  for (const [name, operand] of value.entries()) {
    if (name === '$options') {
      if (!value.has('$regex')) throw fail('BadValue', '$options needs a $regex');
      continue;
    }
    tests.push(
      parseOperator(name, operand, { options, expression, depth: depth + 1, parseFilter, parseTests }),
    );
  }
  return tests;
}
