import { isUtf8 } from 'node:buffer';
import { ProblemError } from '../problem/problem-error.js';
import { pointerTo } from './json-pointer.js';
import { DEEPEST } from './structure.js';

/**
 * The JSON in these bytes, without what parsing alone would hide: bytes that are no UTF-8 would become other text, and of
 * a name given twice the last one would win. `what` names them for messages: "body", "line".
 * @throws ProblemError
 */
export function readJson(bytes: Buffer, what: string): unknown {
  if (!isUtf8(bytes)) {
    throw new ProblemError('malformed-json', { detail: `The ${what} cannot be read as UTF-8.` });
  }
  // Trimmed of a byte order mark, too.
  const text = bytes.toString('utf8').trim();
  const pointer = repeatedName(text);
  if (pointer !== undefined) {
    throw new ProblemError('invalid-input', {
      detail: 'A field is given twice in one object; see errors.',
      errors: [{ pointer, detail: 'is given twice; which one counts cannot be told' }],
    });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError('malformed-json', { detail: `The ${what} cannot be parsed as a JSON object.` });
  }
}

interface OpenPlace {
  /** Of an object; an array has none. */
  readonly names: Set<string> | undefined;
  awaitsName: boolean;
  at: string | number;
}

const MARKS = /["{}[\],]/g;

/**
 * Pointer to the first name that stands twice in one object. The text may be anything: what is no JSON is for the
 * parser to refuse, what is nested too deeply for the structure check.
 */
export function repeatedName(text: string): string | undefined {
  const open: OpenPlace[] = [];
  for (let mark = nextMark(text, 0); mark >= 0; mark = nextMark(text, mark + 1)) {
    const place = open.at(-1);
    switch (text[mark]) {
      case '"': {
        const end = endOfString(text, mark);
        if (end < 0) return undefined;
        if (place?.names && place.awaitsName) {
          const name = unescaped(text.slice(mark, end + 1));
          if (place.names.has(name)) return pointerTo([...open.slice(0, -1).map(({ at }) => at), name]);
          place.names.add(name);
          place.at = name;
          place.awaitsName = false;
        }
        mark = end;
        break;
      }
      case '{':
        open.push({ names: new Set(), awaitsName: true, at: '' });
        break;
      case '[':
        open.push({ names: undefined, awaitsName: false, at: 0 });
        break;
      case ',':
        if (place?.names) place.awaitsName = true;
        else if (place) place.at = Number(place.at) + 1;
        break;
      default:
        open.pop();
    }
    if (open.length > DEEPEST + 1) return undefined;
  }
  return undefined;
}

function nextMark(text: string, from: number): number {
  MARKS.lastIndex = from;
  return MARKS.exec(text)?.index ?? -1;
}

/** Index of the closing quote, or -1. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function unescaped(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
