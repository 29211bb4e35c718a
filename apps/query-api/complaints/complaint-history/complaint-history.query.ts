import { Query } from '@nestjs/cqrs';
import type { Visibility } from '../../access/visibility.js';
import type { HistoryPage } from './complaint-history.body.js';
import type { HistoryBasis } from './complaint-history.dto.js';

export class ComplaintHistoryQuery extends Query<HistoryPage> {
  constructor(
    readonly id: string,
    readonly basis: HistoryBasis,
    readonly page: { readonly limit: number; readonly cursor?: string },
    readonly visibility: Visibility,
  ) {
    super();
  }
}
