import type { GlobalPosition } from '#libs/event-contracts/index.js';

export interface Verification {
  /** How far the log was folded anew. */
  readonly position: GlobalPosition | null;
  readonly documents: number;
  /** Ids of the first hundred of each kind. */
  readonly corrupted: readonly string[];
  readonly missing: readonly string[];
  readonly superfluous: readonly string[];
  readonly findings: number;
  /** Of the documents as they are, and as the engine has kept count; null when the engine was amid a batch, or went on. */
  readonly digest: { readonly documents: string; readonly kept: string | null };
  /** How many documents the engine has kept count of; null as above. */
  readonly keptCount: number | null;
  readonly sound: boolean;
}

export type FindingKind = 'corrupted' | 'missing' | 'superfluous';

const named = 100;

/** Counts all, and names the first of each kind. */
export class Findings {
  private readonly ids: Record<FindingKind, string[]> = { corrupted: [], missing: [], superfluous: [] };
  count = 0;

  add(kind: FindingKind, id: string): void {
    this.count += 1;
    if (this.ids[kind].length < named) this.ids[kind].push(id);
  }

  named(kind: FindingKind): readonly string[] {
    return this.ids[kind];
  }
}
