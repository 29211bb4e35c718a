type Test = (value: unknown) => boolean;

/**
 * The small part of the query language that a refold filter may use, evaluated in memory: the clean fold that checks a
 * read model must choose the same documents as the store did.
 * @throws TypeError for anything else, when the projection is registered
 */
export function compileFilter(filter: Readonly<Record<string, unknown>>): (document: object) => boolean {
  const tests = Object.entries(filter).map(([path, condition]) => {
    if (path.startsWith('$')) throw unsupported(path);
    return { path: path.split('.'), test: compileCondition(condition) };
  });
  return (document) => tests.every(({ path, test }) => test(valueAt(document, path)));
}

function compileCondition(condition: unknown): Test {
  if (!isOperators(condition)) return equals(condition);
  const tests = Object.entries(condition).map(([operator, operand]) => compileOperator(operator, operand));
  return (value) => tests.every((test) => test(value));
}

function compileOperator(operator: string, operand: unknown): Test {
  switch (operator) {
    case '$eq':
      return equals(operand);
    case '$ne':
      return not(equals(operand));
    case '$in':
      return anyOf(operand);
    case '$nin':
      return not(anyOf(operand));
    case '$exists':
      return (value) => (value !== undefined) === Boolean(operand);
    case '$gt':
      return compare(operand, (order) => order > 0);
    case '$gte':
      return compare(operand, (order) => order >= 0);
    case '$lt':
      return compare(operand, (order) => order < 0);
    case '$lte':
      return compare(operand, (order) => order <= 0);
    default:
      throw unsupported(operator);
  }
}

function equals(operand: unknown): Test {
  if (operand !== null && !['string', 'number', 'boolean'].includes(typeof operand)) {
    throw unsupported(JSON.stringify(operand));
  }
  const same = (value: unknown) =>
    operand === null ? value === null || value === undefined : value === operand;
  return (value) => same(value) || (Array.isArray(value) && value.some(same));
}

function anyOf(operand: unknown): Test {
  if (!Array.isArray(operand)) throw unsupported('$in without a list');
  const tests = operand.map(equals);
  return (value) => tests.some((test) => test(value));
}

function not(test: Test): Test {
  return (value) => !test(value);
}

function compare(operand: unknown, holds: (order: number) => boolean): Test {
  if (typeof operand !== 'string' && typeof operand !== 'number')
    throw unsupported('a comparison with that type');
  const test: Test = (value) =>
    typeof value === typeof operand &&
    holds((value as typeof operand) < operand ? -1 : value === operand ? 0 : 1);
  return (value) => test(value) || (Array.isArray(value) && value.some(test));
}

function isOperators(condition: unknown): condition is Record<string, unknown> {
  return (
    typeof condition === 'object' &&
    condition !== null &&
    !Array.isArray(condition) &&
    Object.keys(condition).some((key) => key.startsWith('$'))
  );
}

function valueAt(document: object, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

function unsupported(what: string): TypeError {
  return new TypeError(`A refold filter cannot use ${what}; see refold-filter.ts for what it can.`);
}
