import { Query } from '@nestjs/cqrs';
import type { PreviewPolicyDto } from './preview-policy.dto.js';

export interface PreviewBody {
  readonly due: string | null;
  readonly dueUnknown: 'paused' | 'beyond-horizon' | null;
  /** Seconds of business time, unrounded. */
  readonly elapsed: number;
  readonly compliant: boolean | null;
  readonly ledger: readonly {
    readonly from: string;
    readonly to: string;
    readonly state: 'running' | 'paused' | 'outside-hours';
    readonly counted: number;
  }[];
}

export class PreviewPolicyQuery extends Query<PreviewBody> {
  constructor(readonly input: PreviewPolicyDto) {
    super();
  }
}
