import type { GlobalPosition } from '#libs/event-contracts/index.js';

/** The two halves of a place in `$all`, as the client hands them out. */
export interface PositionHalves {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const digits = 20;
const form = /^\d{20}-\d{20}$/;
/** The halves are unsigned 64-bit numbers on the wire; the largest has exactly 20 digits. */
const largest = 2n ** 64n - 1n;

/** Both halves padded, so that comparing text compares places in the log. */
export function formatPosition({ commit, prepare }: PositionHalves): GlobalPosition {
  const first = formatHalf(commit);
  // The two are the same but for events of a transaction, and every event that is read comes by here.
  return `${first}-${commit === prepare ? first : formatHalf(prepare)}`;
}

export function parsePosition(position: GlobalPosition): PositionHalves {
  if (!isPosition(position)) throw new InvalidPositionError(position);
  return { commit: BigInt(position.slice(0, digits)), prepare: BigInt(position.slice(digits + 1)) };
}

/** For what arrives from outside, e.g. a consistency token. */
export function isPosition(text: string): text is GlobalPosition {
  return form.test(text) && isHalf(BigInt(text.slice(0, digits))) && isHalf(BigInt(text.slice(digits + 1)));
}

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export function comparePositions(a: GlobalPosition, b: GlobalPosition): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export class InvalidPositionError extends Error {
  override readonly name = 'InvalidPositionError';
  constructor(readonly position: string) {
    super('A position is two numbers of 20 digits joined by "-".');
  }
}

function formatHalf(half: bigint): string {
  if (!isHalf(half)) throw new RangeError(`${half.toString()} is no half of a position`);
  return half.toString().padStart(digits, '0');
}

function isHalf(half: bigint): boolean {
  return half >= 0n && half <= largest;
}
