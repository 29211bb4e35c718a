import type { Doc } from '../bson/doc.js';
import type { MaybeValue } from '../bson/values.js';
import { failAt } from '../errors.js';
import type { Execution } from '../query/execution.js';

/** What an expression is evaluated in. One is reused for all documents of a stage. */
export interface Frame {
  root: Doc;
  /** Values of variables, by the slot that the compiler gave them. */
  readonly slots: MaybeValue[];
}

export type Evaluate = (frame: Frame) => MaybeValue;

/** The variables that are in sight where an expression stands. */
export class Scope {
  private constructor(
    readonly execution: Execution,
    private readonly slots: ReadonlyMap<string, number>,
    private readonly size: { count: number },
    private readonly constants: ReadonlyMap<string, MaybeValue>,
  ) {}

  static outermost(execution: Execution, constants: ReadonlyMap<string, MaybeValue> = new Map()): Scope {
    return new Scope(execution, new Map(), { count: 0 }, constants);
  }

  /** A scope with further variables, and their slots. */
  with(names: readonly string[]): { scope: Scope; slots: number[] } {
    const slots = new Map(this.slots);
    const fresh = names.map((name) => {
      const slot = this.size.count++;
      slots.set(name, slot);
      return slot;
    });
    return { scope: new Scope(this.execution, slots, this.size, this.constants), slots: fresh };
  }

  slotOf(name: string): number | undefined {
    return this.slots.get(name);
  }

  hasConstant(name: string): boolean {
    return this.constants.has(name);
  }

  constant(name: string): MaybeValue {
    return this.constants.get(name);
  }
}

export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) {
    throw failAt(16867, `'${name}' starts with an invalid character for a user variable name`);
  }
}
