import { Query } from '@nestjs/cqrs';
import type { Worklist } from '#projections/sla-facts/index.js';
import type { Visibility } from '../../access/visibility.js';
import type { Urgency } from './urgency.js';
import type { WorklistPage } from './worklist.body.js';

export class WorklistQuery extends Query<WorklistPage> {
  constructor(
    readonly name: Worklist,
    readonly page: {
      readonly team?: string;
      readonly urgency?: Urgency;
      readonly limit: number;
      readonly cursor?: string;
    },
    readonly visibility: Visibility,
  ) {
    super();
  }
}
