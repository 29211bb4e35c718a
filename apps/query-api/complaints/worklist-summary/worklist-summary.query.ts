import { Query } from '@nestjs/cqrs';
import type { Visibility } from '../../access/visibility.js';
import type { WorklistSummary } from './worklist-summary.body.js';

export class WorklistSummaryQuery extends Query<WorklistSummary> {
  constructor(
    readonly team: string | undefined,
    readonly visibility: Visibility,
  ) {
    super();
  }
}
