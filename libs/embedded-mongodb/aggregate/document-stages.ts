import { Doc } from '../bson/doc.js';
import { shell } from '../bson/shell.js';
import { isArray, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { failAt } from '../errors.js';
import { compileExpression } from '../expression/compile.js';
import { documentExpression } from '../expression/filter-expression.js';
import { Scope, type Frame } from '../expression/scope.js';
import { parseProjection } from '../projection/parse-projection.js';
import { assign, plant, type Tree } from '../projection/tree.js';
import type { Execution } from '../query/execution.js';

type Variables = ReadonlyMap<string, MaybeValue> | undefined;

/** Stages that make one document of one; undefined for any other stage. */
export function documentStage(
  name: string,
  operand: Value,
  execution: Execution,
  variables?: Variables,
): ((doc: Doc) => Doc) | undefined {
  switch (name) {
    case '$project':
      if (!(operand instanceof Doc)) throw failAt(15969, '$project specification must be an object');
      if (operand.size === 0)
        throw failAt(
          51272,
          'Invalid $project :: caused by :: projection specification must have at least one field',
        );
      return parseProjection(operand, execution, { variables });
    case '$addFields':
    case '$set':
      return addFields(name, operand, execution, variables);
    case '$unset':
      return unset(operand, execution);
    case '$replaceRoot':
      if (!(operand instanceof Doc) || operand.size !== 1 || !operand.has('newRoot')) {
        throw failAt(40231, 'no newRoot specified for the $replaceRoot stage');
      }
      return replaceRoot(operand.get('newRoot') as Value, execution, variables);
    case '$replaceWith':
      return replaceRoot(operand, execution, variables);
    default:
      return undefined;
  }
}

function addFields(
  name: string,
  operand: Value,
  execution: Execution,
  variables: Variables,
): (doc: Doc) => Doc {
  if (!(operand instanceof Doc))
    throw failAt(40272, `${name} specification stage must be an object, got ${nameOfValue(operand)}`);
  const scope = Scope.outermost(execution, variables);
  const tree: Tree = new Map();
  const visit = (fields: Doc, prefix: string) => {
    for (const [field, value] of fields.entries()) {
      if (field.startsWith('$'))
        throw failAt(
          16410,
          `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
        );
      const path = prefix + field;
      if (value instanceof Doc && value.size > 0 && !value.keys[0]?.startsWith('$')) visit(value, `${path}.`);
      else plant(tree, path.split('.'), { kind: 'compute', evaluate: compileExpression(value, scope) });
    }
  };
  visit(operand, '');
  const frame: Frame = { root: Doc.empty, slots: [] };
  return (doc) => {
    frame.root = doc;
    return assign(doc, tree, frame);
  };
}

function unset(operand: Value, execution: Execution): (doc: Doc) => Doc {
  const paths = isArray(operand) ? operand : [operand];
  const names = paths.map((path) => {
    if (typeof path === 'string' && path !== '' && !path.startsWith('$')) return path;
    throw failAt(31002, '$unset specification must be a string or an array containing only string values');
  });
  if (names.length === 0)
    throw failAt(31119, '$unset specification must be a string or an array with at least one field');
  return parseProjection(
    Doc.fromLists(
      names,
      names.map(() => 0),
    ),
    execution,
  );
}

function replaceRoot(expression: Value, execution: Execution, variables: Variables): (doc: Doc) => Doc {
  const evaluate = documentExpression(expression, execution, variables);
  return (doc) => {
    const root = evaluate(doc);
    if (root instanceof Doc) return root;
    throw failAt(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was: ${root === undefined ? 'MISSING' : shell(root)}. Type of resulting value: '${nameOfValue(root)}'.`,
    );
  };
}
