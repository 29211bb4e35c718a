import { Query } from '@nestjs/cqrs';
import type { Visibility } from '../../access/visibility.js';
import type { ComplaintClocks } from './complaint-clocks.body.js';

export class ComplaintClocksQuery extends Query<ComplaintClocks> {
  constructor(
    readonly id: string,
    readonly visibility: Visibility,
  ) {
    super();
  }
}
