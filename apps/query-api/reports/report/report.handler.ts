import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  calendar,
  calendarVersion,
  compiledPolicy,
  DEFAULT_CALENDAR,
  nodePath,
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
  type CycleFact,
  type JudgeCycle,
  type ReportFrame,
} from '#libs/reports/index.js';
import { instantOf, type CycleRules } from '#libs/service-time/index.js';
import { refuseEmptyPeriod } from '../../edge/instants.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import type { ReportKind } from '../report-kinds.js';
import { ReportSources, type ReportSource } from '../report-sources.js';
import { ReportQuery, type ReportBody, type ReportRequest } from './report.query.js';

const DEFAULT_DAYS = 90;
const DAY = 86_400_000;

type Figures = Pick<ReportBody, 'total' | 'groups'> & Pick<ReportBody['policy'], 'ruledBy'>;

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
    const source = await (asOf === undefined ? this.sources.live(model) : this.sources.past(model, asOf));
    const frame = frameOf(request, source.configuration, asOf ?? now);
    const { total, groups, ruledBy } = await figuresOf(request, frame, source);
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
      total,
      groups,
    };
  }
}

function frameOf(request: ReportRequest, configuration: ConfigurationModel, now: string): ReportFrame {
  const to = request.to ?? now;
  const from = request.from ?? new Date(Date.parse(to) - DEFAULT_DAYS * DAY).toISOString();
  refuseEmptyPeriod(from, to);
  const zoneOf = calendar(configuration, request.calendar ?? DEFAULT_CALENDAR);
  if (zoneOf === undefined && request.calendar !== undefined) {
    throw wrongParameter('/calendar', 'There is no calendar with this code.');
  }
  return {
    from,
    to,
    now,
    groupBy: request.groupBy,
    timeZone: zoneOf?.timeZone ?? 'UTC',
    depth: request.depth,
    nodePath: (code) => nodePath(configuration, code),
  };
}

async function figuresOf(
  { kind, calendar: code }: ReportRequest,
  frame: ReportFrame,
  source: ReportSource,
): Promise<Figures> {
  const { from, to } = frame;
  const received = () => source.clocks({ kind: 'received', from, to });
  const touched = () => source.clocks({ kind: 'touched', from, to });
  switch (kind) {
    case 'registration-compliance':
      return aggregate(received(), registrationCompliance(frame));
    case 'resolution-compliance':
      return aggregate(
        touched(),
        resolutionCompliance(frame, judgeBy(code, source.configuration, frame.now)),
      );
    case 'satisfaction':
      return aggregate(source.surveys({ from, to }), satisfaction(frame));
    case 'escalations':
      return aggregate(touched(), escalations(frame));
    case 'workload':
      return aggregate(touched(), workload(frame));
    case 'root-causes':
      return aggregate(received(), rootCauses(frame));
  }
}

/** The policy that ruled each cycle, by the newest version of another calendar. */
function judgeBy(
  code: string | undefined,
  configuration: ConfigurationModel,
  now: string,
): JudgeCycle | undefined {
  const open = code === undefined ? undefined : calendar(configuration, code);
  if (open === undefined) return undefined;
  const pathOfNode = (node: string): readonly string[] => nodePath(configuration, node);
  const rulesOf = (cycle: CycleFact): CycleRules | undefined => {
    const version = cycle.resolution?.policyVersion;
    const policy = configuration.policies.find((one) => one.version === version);
    return policy && { policy: compiledPolicy(policy.data), calendar: open, pathOfNode };
  };
  return judgeAgainBy(rulesOf, now);
}

function judgedBy(
  { kind, calendar: code }: { readonly kind: ReportKind; readonly calendar?: string },
  configuration: ConfigurationModel,
): Pick<ReportBody, 'calendar'> {
  if (kind !== 'resolution-compliance' || code === undefined) return {};
  return { calendar: { code, version: calendarVersion(configuration, code) ?? 0 } };
}
