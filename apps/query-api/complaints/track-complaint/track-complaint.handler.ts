import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ComplaintRegisterQueries } from '#projections/complaint-register/index.js';
import { notFound } from '../../edge/query-problems.js';
import { TrackComplaintQuery, type TrackedComplaint } from './track-complaint.query.js';

@QueryHandler(TrackComplaintQuery)
export class TrackComplaintHandler implements IQueryHandler<TrackComplaintQuery> {
  constructor(private readonly register: ComplaintRegisterQueries) {}

  async execute({ reference }: TrackComplaintQuery): Promise<TrackedComplaint> {
    const found = await this.register.findByReference(reference);
    if (found === null) throw notFound('complaint with this reference number');
    const { status, paused, cycle, receivedAt, lastEventAt } = found;
    return { reference: found.reference, status, paused, cycle, receivedAt, lastChangedAt: lastEventAt };
  }
}
