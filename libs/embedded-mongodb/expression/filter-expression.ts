import type { Doc } from '../bson/doc.js';
import type { MaybeValue, Value } from '../bson/values.js';
import type { Execution } from '../query/execution.js';
import { truthy } from '../query/parse-operator.js';
import { compileExpression } from './compile.js';
import { Scope, type Frame } from './scope.js';
import { Doc as Document } from '../bson/doc.js';

/** `$expr` in a filter. */
export function expressionFilter(
  execution: Execution,
  variables?: ReadonlyMap<string, MaybeValue>,
): (expression: Value) => (doc: Doc) => boolean {
  return (expression) => {
    const evaluate = compileExpression(expression, Scope.outermost(execution, variables));
    const frame: Frame = { root: Document.empty, slots: [] };
    return (doc) => {
      frame.root = doc;
      return truthy(evaluate(frame));
    };
  };
}

/** An expression as a function of a document. */
export function documentExpression(
  expression: Value,
  execution: Execution,
  variables?: ReadonlyMap<string, MaybeValue>,
): (doc: Doc) => MaybeValue {
  const evaluate = compileExpression(expression, Scope.outermost(execution, variables));
  const frame: Frame = { root: Document.empty, slots: [] };
  return (doc) => {
    frame.root = doc;
    return evaluate(frame);
  };
}
