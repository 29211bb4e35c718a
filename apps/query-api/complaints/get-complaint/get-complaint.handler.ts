import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ComplaintRegisterQueries, type RegisteredComplaint } from '#projections/complaint-register/index.js';
import { refuseOtherTeams } from '../../access/visibility.js';
import { notFound, wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { ComplaintViews } from '../complaint-views.js';
import { foldComplaint } from '../past-complaint.js';
import { GetComplaintQuery, type ComplaintState, type FoundComplaint } from './get-complaint.query.js';

@QueryHandler(GetComplaintQuery)
export class GetComplaintHandler implements IQueryHandler<GetComplaintQuery> {
  constructor(
    private readonly register: ComplaintRegisterQueries,
    private readonly views: ComplaintViews,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ id, state, visibility }: GetComplaintQuery): Promise<FoundComplaint> {
    const document = await this.find(id, state);
    if (document === null) throw notFound(missing(state));
    refuseOtherTeams(visibility, document.teams);
    return { complaint: await this.views.whole(document, visibility), position: document.position };
  }

  private async find(id: string, state: ComplaintState): Promise<RegisteredComplaint | null> {
    const { parts } = this;
    switch (state.kind) {
      case 'now':
        // The register may not have got to a complaint that was received a moment ago; the log has it.
        return (await this.register.find(id)) ?? (await foldComplaint(parts, id, () => true));
      case 'as-of':
        if (state.instant > parts.now().toISOString())
          throw wrongParameter('/asOf', 'asOf lies in the future.');
        return foldComplaint(parts, id, ({ recordedAt }) => recordedAt <= state.instant, state.instant);
      case 'revision': {
        const found = await foldComplaint(parts, id, ({ revision }) => revision <= state.revision);
        return found?.revision === state.revision ? found : null;
      }
    }
  }
}

function missing(state: ComplaintState): string {
  switch (state.kind) {
    case 'now':
      return 'complaint with this id';
    case 'as-of':
      return 'complaint with this id that had been recorded by then';
    case 'revision':
      return 'complaint with this id, or it has no such revision yet';
  }
}
