import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { policyInForceAt } from '#libs/configuration-model/index.js';
import {
  judgeAgainBy,
  registrationCases,
  resolutionCases,
  whatIf,
  type ReportFrame,
} from '#libs/reports/index.js';
import { instantOf } from '#libs/service-time/index.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { frameOf } from '../frame-of.js';
import type { RulesOf } from '../judge-by.js';
import { ReportSources, type ReportSource } from '../report-sources.js';
import { draftRules } from './draft-rules.js';
import { WhatIfQuery, type WhatIfLine, type WhatIfRequest } from './what-if.query.js';

/** Complaints between two lines that say how far it is: about once a second. */
const PROGRESS_EVERY = 10_000;

@QueryHandler(WhatIfQuery)
export class WhatIfHandler implements IQueryHandler<WhatIfQuery> {
  constructor(
    private readonly sources: ReportSources,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ request }: WhatIfQuery): Promise<AsyncIterable<WhatIfLine>> {
    const now = this.parts.now();
    const { asOf, calendar, from, to, groupBy, depth } = request;
    if (asOf !== undefined && asOf > now.toISOString()) {
      throw wrongParameter('/asOf', 'asOf lies in the future.');
    }
    const source = await (asOf === undefined ? this.sources.live('sla-facts') : this.sources.past(asOf));
    const zone = typeof calendar === 'string' ? { calendar } : {};
    const frame = frameOf(
      { from, to, groupBy, depth, ...zone },
      source.configuration,
      asOf ?? now.toISOString(),
    );
    return judged(
      request,
      frame,
      source,
      draftRules(request, source.configuration, instantOf(now.toISOString())),
    );
  }
}

async function* judged(
  { report, asOf }: WhatIfRequest,
  frame: ReportFrame,
  source: ReportSource,
  rulesOf: RulesOf,
): AsyncGenerator<WhatIfLine> {
  const { from, to, groupBy, timeZone } = frame;
  const isResolution = report === 'resolution-compliance';
  const judge = judgeAgainBy(rulesOf, frame.now, isResolution ? 'resolution' : 'registration');
  const comparison = whatIf(frame, (isResolution ? resolutionCases : registrationCases)(frame, judge));
  let complaints = 0;
  let flips = 0;
  for await (const complaint of source.clocks({ kind: isResolution ? 'touched' : 'received', from, to })) {
    for (const flip of comparison.add(complaint)) {
      flips += 1;
      yield { type: 'flip', ...flip };
    }
    complaints += 1;
    if (complaints % PROGRESS_EVERY === 0) yield { type: 'progress', complaints, flips };
  }
  const { total, groups, ruledBy } = comparison.finish();
  const inForce = policyInForceAt(source.configuration, instantOf(frame.now))?.version ?? null;
  yield {
    type: 'report',
    report,
    from,
    to,
    asOf: asOf ?? null,
    position: source.position(),
    policy: { inForce, ruledBy },
    groupBy,
    timeZone,
    total,
    groups,
  };
}
