import { Query } from '@nestjs/cqrs';
import type { RegisterOrder, RegisterSearch } from '#projections/complaint-register/index.js';
import type { Visibility } from '../../access/visibility.js';
import type { ComplaintPage } from '../complaint.body.js';

export class ListComplaintsQuery extends Query<ComplaintPage> {
  constructor(
    /** `callTree` names nodes; what is below them is found by the handler. */
    readonly search: RegisterSearch,
    readonly page: { readonly order: RegisterOrder; readonly limit: number; readonly cursor?: string },
    readonly visibility: Visibility,
  ) {
    super();
  }
}
