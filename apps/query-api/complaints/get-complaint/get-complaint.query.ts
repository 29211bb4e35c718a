import { Query } from '@nestjs/cqrs';
import type { Visibility } from '../../access/visibility.js';
import type { ComplaintView } from '../complaint.body.js';

/** Which state is asked for. */
export type ComplaintState =
  | { readonly kind: 'now' }
  | { readonly kind: 'as-of'; readonly instant: string }
  | { readonly kind: 'revision'; readonly revision: number };

export interface FoundComplaint {
  readonly complaint: ComplaintView;
  readonly position: string;
}

export class GetComplaintQuery extends Query<FoundComplaint> {
  constructor(
    readonly id: string,
    readonly state: ComplaintState,
    readonly visibility: Visibility,
  ) {
    super();
  }
}
