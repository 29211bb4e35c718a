import { arithmeticOperators } from './arithmetic.js';
import { arrayOperators } from './array.js';
import { collectionOperators } from './accumulating.js';
import { conversionOperators } from './convert.js';
import { dateOperators } from './date.js';
import { logicOperators } from './logic.js';
import { objectOperators } from './object.js';
import type { Operators } from './operator.js';
import { setOperators } from './sets.js';
import { stringOperators } from './string.js';

/** All operators of expressions that this server knows; any other is refused. */
export const operators: Operators = {
  ...arithmeticOperators,
  ...logicOperators,
  ...arrayOperators,
  ...setOperators,
  ...objectOperators,
  ...stringOperators,
  ...dateOperators,
  ...conversionOperators,
  ...collectionOperators,
};
