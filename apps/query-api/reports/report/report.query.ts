import { Query } from '@nestjs/cqrs';
import type { Dimension, Flip, GroupNames } from '#libs/reports/index.js';
import type { ReportKind } from '../report-kinds.js';

export interface ReportRequest {
  readonly kind: ReportKind;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly groupBy: readonly Dimension[];
  readonly depth?: number;
  readonly calendar?: string;
}

export interface ReportBody {
  readonly from: string;
  readonly to: string;
  readonly asOf: string | null;
  /** How far the log is in the figures; null for an empty one. */
  readonly position: string | null;
  readonly policy: {
    /** The version that rules what begins now. */
    readonly inForce: number | null;
    /** Versions that ruled what was counted, where clocks were judged. */
    readonly ruledBy?: readonly { readonly version: number; readonly n: number }[];
  };
  readonly groupBy: readonly Dimension[];
  readonly timeZone: string;
  /** Of `judgedAgain`. */
  readonly calendar?: { readonly code: string; readonly version: number };
  /** The first complaints that this calendar judges otherwise; all of them are to be had from what-if. */
  readonly differing?: { readonly n: number; readonly items: readonly Flip[] };
  readonly total: object;
  readonly groups: readonly (object & {
    readonly key: string;
    readonly keys: Readonly<Partial<Record<Dimension, string | null>>>;
    readonly names?: GroupNames;
  })[];
}

export class ReportQuery extends Query<ReportBody> {
  constructor(readonly request: ReportRequest) {
    super();
  }
}
