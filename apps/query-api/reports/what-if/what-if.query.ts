import { Query } from '@nestjs/cqrs';
import type { Dimension, Flip, Grouped, SideBySide } from '#libs/reports/index.js';
import type { SlaPolicyDefinition } from '#libs/service-time/index.js';
import type { CalendarDraft } from '../../configuration/given-calendar.js';
import type { ReportBody } from '../report/report.query.js';
import type { JudgedReport } from './what-if.dto.js';

export interface WhatIfRequest {
  readonly policy?: SlaPolicyDefinition;
  readonly calendar?: string | CalendarDraft;
  readonly report: JudgedReport;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly groupBy: readonly Dimension[];
  readonly depth?: number;
}

export type WhatIfReport = Omit<ReportBody, 'calendar' | 'total' | 'groups' | 'differing'> & {
  readonly report: JudgedReport;
  readonly total: SideBySide;
  readonly groups: readonly Grouped<SideBySide>[];
};

/** What comes while complaints are judged: how many were read, those that flip, and the figures at the end. */
export type WhatIfLine =
  | { readonly type: 'progress'; readonly complaints: number; readonly flips: number }
  | ({ readonly type: 'flip' } & Flip)
  | ({ readonly type: 'report' } & WhatIfReport);

/** Answers when the drafts are found good; judging begins as the lines are taken. */
export class WhatIfQuery extends Query<AsyncIterable<WhatIfLine>> {
  constructor(readonly request: WhatIfRequest) {
    super();
  }
}
