import { Decimal } from '../bson/decimal.js';
import { Doc } from '../bson/doc.js';
import { compareStrings } from '../bson/compare.js';
import { isNumeric, nameOfValue } from '../bson/types.js';
import { toNumber } from '../bson/numbers.js';
import { DateTime, Pattern, SymbolValue, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import type { Execution } from '../query/execution.js';
import { compileLinear, endsBeforeNewline } from '../query/pattern.js';
import {
  binary,
  integerOf,
  isNullish,
  textOf,
  unary,
  withArguments,
  withNames,
  type Operator,
  type Operators,
} from './operator.js';
import { joinedText } from './sized.js';
import { isoDate } from './date-text.js';

/** As `$toUpper`, `$substr` and `$strcasecmp` take what is no text. */
function coerced(value: MaybeValue, operator: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof SymbolValue) return value.name;
  if (value instanceof DateTime) return isoDate(value.ms);
  if (value instanceof Decimal || typeof value === 'bigint') return value.toString();
  if (isNumeric(value)) return String(toNumber(value));
  throw failAt(16007, `${operator} can't convert from BSON type ${nameOfValue(value)} to String`);
}

const asciiUpper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const concat: Operator = withArguments(0, Infinity, (args, execution) => {
  let text = '';
  for (const value of args) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw failAt(16702, `$concat only supports strings, not ${nameOfValue(value)}`);
    text += value;
  }
  return joinedText(text, execution);
});

const isWhole = (value: MaybeValue, operator: string, code: number): number => {
  const number = isNumeric(value) ? Math.trunc(toNumber(value)) : NaN;
  if (Number.isNaN(number))
    throw failAt(code, `${operator}: starting index and length must be numeric types`);
  return number;
};

const substrCP: Operator = withArguments(3, 3, ([value, start, length], execution, name) => {
  const text = coerced(value, name);
  execution.spend(text.length >> 4);
  const from = isWhole(start, name, 34450);
  const count = isWhole(length, name, 34452);
  if (from < 0 || count < 0)
    throw failAt(34455, `${name}: the starting index and length must be non-negative`);
  return Array.from(text)
    .slice(from, from + count)
    .join('');
});

const substrBytes: Operator = withArguments(3, 3, ([value, start, length], execution, name) => {
  const bytes = Buffer.from(coerced(value, name));
  execution.spend(bytes.length >> 4);
  const from = isWhole(start, name, 16034);
  const count = isWhole(length, name, 16035);
  if (from < 0) throw failAt(50752, `${name}: starting index must be non-negative (got: ${from})`);
  if (from >= bytes.length) return '';
  const to = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const splits = (at: number) => at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80;
  if (splits(from))
    throw failAt(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  if (splits(to))
    throw failAt(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  return bytes.toString('utf8', from, to);
});

function indexOf(bytes: boolean): Operator {
  return withArguments(2, 4, ([value, part, start, stop], execution, name) => {
    if (isNullish(value)) return null;
    const text = textOf(value, name, 40091);
    const searched = textOf(part, name, 40092);
    execution.spend(text.length >> 3);
    const measure = (piece: string) => (bytes ? Buffer.byteLength(piece) : Array.from(piece).length);
    const from = start === undefined ? 0 : integerOf(start, name);
    const to = stop === undefined ? Infinity : integerOf(stop, name);
    if (from < 0 || to < 0) throw failAt(40097, `${name} requires a nonnegative starting and ending index`);
    for (let at = text.indexOf(searched); at >= 0; at = text.indexOf(searched, at + 1)) {
      execution.spend(1 + (at >> 4));
      const position = measure(text.slice(0, at));
      if (position >= from) return position + measure(searched) <= to ? position : -1;
    }
    return -1;
  });
}

const split: Operator = binary((value, separator, execution, name) => {
  if (isNullish(value) || isNullish(separator)) return null;
  const text = textOf(value, name, 40085);
  const by = textOf(separator, name, 40086);
  if (by === '') throw failAt(40087, '$split requires a non-empty separator');
  execution.spend(text.length >> 2);
  return text.split(by);
});

const defaultWhitespace =
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

const trim = (left: boolean, right: boolean): Operator =>
  withNames(['input', 'chars'], ['input'], (args, { scope, name }) => (frame) => {
    const value = args['input']?.(frame);
    const chars = args['chars']?.(frame);
    if (isNullish(value) || (args['chars'] && isNullish(chars))) return null;
    const points = Array.from(textOf(value, name, 50699));
    const cut = new Set(chars === undefined ? defaultWhitespace : textOf(chars, name, 50700));
    scope.execution.spend(points.length >> 2);
    let [start, end] = [0, points.length];
    while (left && start < end && cut.has(points[start] as string)) start++;
    while (right && end > start && cut.has(points[end - 1] as string)) end--;
    return points.slice(start, end).join('');
  });

const replace = (all: boolean): Operator =>
  withNames(
    ['input', 'find', 'replacement'],
    ['input', 'find', 'replacement'],
    (args, { scope, name }) =>
      (frame) => {
        const values = [args['input'], args['find'], args['replacement']].map((argument) =>
          argument?.(frame),
        );
        const texts = values.map((value) => (isNullish(value) ? null : textOf(value, name, 51746)));
        const [input, find, replacement] = texts;
        if (input == null || find == null || replacement == null) return null;
        scope.execution.spend(input.length >> 3);
        const times = find === '' ? input.length + 1 : 1 + input.length / find.length;
        if (all && times * replacement.length > 256 * 1024 * 1024)
          throw fail('ExceededMemoryLimit', '$replaceAll would make too long a text');
        return joinedText(
          all ? input.replaceAll(find, () => replacement) : input.replace(find, () => replacement),
          scope.execution,
        );
      },
  );

interface RegexArguments {
  readonly input: string;
  readonly pattern: Pattern;
}

function regexArguments(
  input: MaybeValue,
  regex: MaybeValue,
  options: MaybeValue,
  name: string,
): RegexArguments | undefined {
  if (isNullish(input) || isNullish(regex)) return undefined;
  const text = textOf(input, name, 51104);
  const extra = isNullish(options) ? '' : textOf(options, name, 51106);
  if (regex instanceof Pattern) {
    if (extra && regex.options)
      throw failAt(51107, `${name}: found regex options specified in both 'regex' and 'options' fields`);
    return { input: text, pattern: new Pattern(regex.source, extra || regex.options) };
  }
  return { input: text, pattern: new Pattern(textOf(regex, name, 51105), extra) };
}

interface Match {
  readonly match: string;
  readonly idx: number;
  readonly captures: Value[];
  readonly end: number;
}

function* matches({ input, pattern }: RegexArguments, execution: Execution): Generator<Match> {
  const before = input.length - 1;
  const last =
    input.endsWith('\n') && endsBeforeNewline(pattern)
      ? [...matchesOf({ input: input.slice(0, before), pattern }, execution)].find(
          ({ end }) => end === before,
        )
      : undefined;
  let due = last;
  for (const match of matchesOf({ input, pattern }, execution)) {
    if (due && match.idx >= due.idx) {
      yield due;
      due = undefined;
    }
    if (match.idx !== last?.idx) yield match;
  }
  if (due) yield due;
}

function* matchesOf({ input, pattern }: RegexArguments, execution: Execution): Generator<Match> {
  execution.spend(8 + (input.length >> 2));
  const matcher = compiled(pattern).matcher(input);
  while (matcher.find()) {
    execution.spend(4);
    const captures = Array.from({ length: matcher.groupCount() }, (_, i) => matcher.group(i + 1));
    const at = matcher.start();
    yield {
      match: matcher.group() ?? '',
      idx: Array.from(input.slice(0, at)).length,
      captures,
      end: matcher.end(),
    };
  }
}

const patterns = new Map<string, ReturnType<typeof compileLinear>>();

/** A query's pattern is the same for all its documents. */
function compiled(pattern: Pattern): ReturnType<typeof compileLinear> {
  const key = `${pattern.options}/${pattern.source}`;
  let found = patterns.get(key);
  if (!found) {
    found = compileLinear(pattern);
    if (patterns.size > 200) patterns.clear();
    patterns.set(key, found);
  }
  return found;
}

const regexOperator = (
  apply: (args: RegexArguments | undefined, execution: Execution) => MaybeValue,
): Operator =>
  withNames(
    ['input', 'regex', 'options'],
    ['input', 'regex'],
    (args, { scope, name }) =>
      (frame) =>
        apply(
          regexArguments(args['input']?.(frame), args['regex']?.(frame), args['options']?.(frame), name),
          scope.execution,
        ),
  );

const asDoc = ({ match, idx, captures }: Match): Doc => Doc.of({ match, idx, captures });

export const stringOperators: Operators = {
  $concat: concat,
  $toUpper: unary((value, _, name) => asciiUpper(coerced(value, name))),
  $toLower: unary((value, _, name) => asciiLower(coerced(value, name))),
  $strcasecmp: binary((a, b, _, name) =>
    Math.sign(compareStrings(asciiUpper(coerced(a, name)), asciiUpper(coerced(b, name)))),
  ),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrCP,
  $strLenBytes: unary((value, _, name) => Buffer.byteLength(textOf(value, name, 34473))),
  $strLenCP: unary((value, _, name) => Array.from(textOf(value, name, 34471)).length),
  $indexOfBytes: indexOf(true),
  $indexOfCP: indexOf(false),
  $split: split,
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regexOperator(
    (args, execution) => args !== undefined && !matches(args, execution).next().done,
  ),
  $regexFind: regexOperator((args, execution) => {
    const first = args && matches(args, execution).next();
    return first && !first.done ? asDoc(first.value) : null;
  }),
  $regexFindAll: regexOperator((args, execution) => (args ? [...matches(args, execution)].map(asDoc) : [])),
};
