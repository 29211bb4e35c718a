import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  calendar,
  calendarVersion,
  policyInForceAt,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import {
  aggregate,
  escalations,
  judgeAgainBy,
  registrationCompliance,
  resolutionCompliance,
  rootCauses,
  satisfaction,
  workload,
  type JudgeCycle,
  type ReportFrame,
} from '#libs/reports/index.js';
import { instantOf } from '#libs/service-time/index.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { frameOf } from '../frame-of.js';
import { rulesInstead } from '../judge-by.js';
import type { ReportKind } from '../report-kinds.js';
import { ReportSources, type ReportSource } from '../report-sources.js';
import { ReportQuery, type ReportBody, type ReportRequest } from './report.query.js';

type Figures = Pick<ReportBody, 'total' | 'groups' | 'differing'> & Pick<ReportBody['policy'], 'ruledBy'>;

@QueryHandler(ReportQuery)
export class ReportHandler implements IQueryHandler<ReportQuery> {
  constructor(
    private readonly sources: ReportSources,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ request }: ReportQuery): Promise<ReportBody> {
    const now = this.parts.now().toISOString();
    const { asOf } = request;
    if (asOf !== undefined && asOf > now) throw wrongParameter('/asOf', 'asOf lies in the future.');
    const model = request.kind === 'satisfaction' ? 'satisfaction-facts' : 'sla-facts';
    const source = await (asOf === undefined ? this.sources.live(model) : this.sources.past(asOf));
    const frame = frameOf(request, source.configuration, asOf ?? now);
    const { total, groups, ruledBy, differing } = await figuresOf(request, frame, source);
    const { from, to, groupBy, timeZone } = frame;
    const inForce = policyInForceAt(source.configuration, instantOf(frame.now))?.version ?? null;
    return {
      from,
      to,
      asOf: asOf ?? null,
      position: source.position(),
      policy: ruledBy === undefined ? { inForce } : { inForce, ruledBy },
      groupBy,
      timeZone,
      ...judgedBy(request, source.configuration),
      ...(differing && { differing }),
      total,
      groups,
    };
  }
}

async function figuresOf(
  { kind, calendar: code }: ReportRequest,
  frame: ReportFrame,
  source: ReportSource,
): Promise<Figures> {
  const { from, to } = frame;
  const received = { kind: 'received', from, to } as const;
  const touched = { kind: 'touched', from, to } as const;
  switch (kind) {
    case 'registration-compliance':
      return aggregate(source.verdicts(received), registrationCompliance(frame));
    case 'resolution-compliance': {
      const again = judgeAgain(code, source.configuration, frame.now);
      return again === undefined
        ? aggregate(source.verdicts(touched), resolutionCompliance(frame))
        : aggregate(source.clocks(touched), resolutionCompliance(frame, again));
    }
    case 'satisfaction':
      return aggregate(source.surveys({ from, to }), satisfaction(frame));
    case 'escalations':
      return aggregate(source.escalations(touched), escalations(frame));
    case 'workload':
      return aggregate(source.verdicts(touched), workload(frame));
    case 'root-causes':
      return aggregate(source.verdicts(received), rootCauses(frame));
  }
}

/** The policy that ruled each cycle, by the newest version of another calendar. */
function judgeAgain(
  code: string | undefined,
  configuration: ConfigurationModel,
  now: string,
): JudgeCycle | undefined {
  const open = code === undefined ? undefined : calendar(configuration, code);
  return open && judgeAgainBy(rulesInstead(configuration, { calendar: open }), now);
}

function judgedBy(
  { kind, calendar: code }: { readonly kind: ReportKind; readonly calendar?: string },
  configuration: ConfigurationModel,
): Pick<ReportBody, 'calendar'> {
  if (kind !== 'resolution-compliance' || code === undefined) return {};
  return { calendar: { code, version: calendarVersion(configuration, code) ?? 0 } };
}
