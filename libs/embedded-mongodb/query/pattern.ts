import { RE2JS } from 're2js';
import { Pattern, SymbolValue, type MaybeValue } from '../bson/values.js';
import { MongoError } from '../errors.js';

/** A regular expression that takes time linear in the text: no text and no pattern can make it run away. */
export interface Matcher {
  readonly source: Pattern;
  /** What every match begins with, where the pattern is anchored at a plain text. */
  readonly prefix: string | undefined;
  test(text: string): boolean;
}

const plainText = /^\^?[\p{L}\p{N} _@#%&=~`'",:;<>/!-]*$/u;
const anchoredPrefix = /^\^([\p{L}\p{N} _@#%&=~`'",:;<>/!-]+)(.?)/u;
const longestPattern = 32_764;

export function compilePattern(pattern: Pattern): Matcher {
  const { source, options } = pattern;
  const insensitive = options.includes('i');
  const prefix = insensitive || options.includes('m') ? undefined : prefixOf(source);
  if (plainText.test(source) && options === '') {
    const text = source.replace(/^\^/, '');
    const test = source.startsWith('^')
      ? (value: string) => value.startsWith(text)
      : (value: string) => value.includes(text);
    return { source: pattern, prefix, test };
  }
  const expression = compileLinear(pattern);
  const finds = (text: string) => expression.matcher(text).find();
  if (!endsBeforeNewline(pattern)) return { source: pattern, prefix, test: finds };
  const test = (text: string) => finds(text) || (text.endsWith('\n') && finds(text.slice(0, -1)));
  return { source: pattern, prefix, test };
}

/**
 * To MongoDB's patterns `$` is the end of the text and also the place before a newline that ends it; to a linear matcher only
 * the first. Whoever asks looks at the text without that newline as well.
 */
export function endsBeforeNewline({ source, options }: Pattern): boolean {
  return !options.includes('m') && source.replace(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, '').includes('$');
}

/** @throws MongoError for what a linear matcher cannot do: look-around, back references. */
export function compileLinear({ source, options }: Pattern): RE2JS {
  if (source.length > longestPattern)
    throw new MongoError(51091, 'Location51091', 'Regular expression is too long');
  let flags = 0;
  for (const option of options) {
    if (option === 'i') flags |= RE2JS.CASE_INSENSITIVE;
    else if (option === 'm') flags |= RE2JS.MULTILINE;
    else if (option === 's') flags |= RE2JS.DOTALL;
    else if (option !== 'u') {
      throw new MongoError(
        51108,
        'Location51108',
        `invalid flag in regex options: ${option} (or not supported by this server)`,
      );
    }
  }
  try {
    return RE2JS.compile(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MongoError(
      51091,
      'Location51091',
      `Regular expression is invalid or not supported by this server: ${reason}`,
    );
  }
}

/** `^abc` matches what begins with abc; a quantifier after c would make c optional. */
function prefixOf(source: string): string | undefined {
  if (source.includes('|')) return undefined;
  const match = anchoredPrefix.exec(source);
  if (!match) return undefined;
  const text = match[1] ?? '';
  const optional = ['*', '?', '{', '+'].includes(match[2] ?? '');
  const prefix = optional ? text.slice(0, -1) : text;
  // A high surrogate alone is no text.
  return prefix.length > 0 && !/[\ud800-\udbff]$/.test(prefix) ? prefix : undefined;
}

export function matchesPattern(matcher: Matcher, value: MaybeValue): boolean {
  if (typeof value === 'string') return matcher.test(value);
  if (value instanceof SymbolValue) return matcher.test(value.name);
  return (
    value instanceof Pattern &&
    value.source === matcher.source.source &&
    value.options === matcher.source.options
  );
}
