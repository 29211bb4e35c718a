import { RE2JSException } from 're2js';
import { streamLength, streamOffset, typeLength } from '../wire/stored-event.js';
import { NamePattern } from './name-pattern.js';

/** Decides by a stored event's header; its content is never looked at. */
export type EventFilter = (stored: Buffer) => boolean;

export interface FilterRequest {
  readonly on: 'stream' | 'type';
  /** Not empty: rules, whatever the prefixes are (as in the server). */
  readonly regex: string;
  readonly prefixes: readonly string[];
}

export class InvalidFilterError extends Error {
  override readonly name = 'InvalidFilterError';
}

/** A filter's cost per event is bounded by these and the length of a name, since matching takes linear time. */
const longestPattern = 2000;
const mostPrefixes = 1000;

/**
 * Patterns run on re2js, whose matching time grows with the length of the text and not exponentially, so no pattern of a client
 * can hang the engine. What RE2 cannot do (look-around, back references) is refused as invalid, never matched otherwise.
 */
export function compileFilter(request: FilterRequest): EventFilter {
  if (request.regex.length > longestPattern)
    throw new InvalidFilterError(`A pattern is at most ${longestPattern} characters long.`);
  if (request.prefixes.length > mostPrefixes)
    throw new InvalidFilterError(`A filter has at most ${mostPrefixes} prefixes.`);
  return request.regex === '' ? prefixFilter(request) : regexFilter(request);
}

function prefixFilter({ on, prefixes }: FilterRequest): EventFilter {
  const wanted = prefixes.map((prefix) => Buffer.from(prefix, 'utf8'));
  return (stored) => {
    const names = streamLength(stored);
    const start = streamOffset(stored) + (on === 'stream' ? 0 : names);
    const length = on === 'stream' ? names : typeLength(stored);
    return wanted.some((prefix) => prefix.length <= length && startsWith(stored, start, prefix));
  };
}

function startsWith(bytes: Buffer, start: number, prefix: Buffer): boolean {
  for (let at = 0; at < prefix.length; at++) {
    if (bytes[start + at] !== prefix[at]) return false;
  }
  return true;
}

function regexFilter({ on, regex }: FilterRequest): EventFilter {
  const pattern = compile(regex);
  return (stored) => {
    const names = streamLength(stored);
    const start = streamOffset(stored) + (on === 'stream' ? 0 : names);
    const length = on === 'stream' ? names : typeLength(stored);
    return pattern.matches(stored.toString('utf8', start, start + length));
  };
}

function compile(regex: string): NamePattern {
  try {
    return NamePattern.of(regex);
  } catch (error) {
    if (error instanceof RE2JSException)
      throw new InvalidFilterError(`The pattern cannot be used: ${error.message}`);
    throw error;
  }
}
