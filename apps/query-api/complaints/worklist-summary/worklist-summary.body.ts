import { ApiProperty } from '@nestjs/swagger';
import { WORKLISTS } from '#projections/sla-facts/index.js';
import type { Plain } from '../../edge/plain.js';
import type { Urgency } from '../worklist/urgency.js';

class ByUrgencyBody implements Record<Urgency, number> {
  @ApiProperty({ type: Number })
  overdue!: number;

  @ApiProperty({ type: Number })
  'due-today'!: number;

  @ApiProperty({ type: Number })
  open!: number;
}

export class WorkCountsBody {
  @ApiProperty({ type: Number })
  total!: number;

  @ApiProperty({ type: ByUrgencyBody, description: '`total` by `urgency`, which narrows the list' })
  byUrgency!: ByUrgencyBody;
}

export class WorklistCountsBody extends WorkCountsBody {
  @ApiProperty({ type: String, enum: WORKLISTS })
  name!: string;
}

export class WorklistSummaryBody {
  @ApiProperty({ type: String, format: 'date-time', description: 'What is due before is overdue' })
  now!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When today ends' })
  nextDay!: string;

  @ApiProperty({ type: [WorklistCountsBody] })
  items!: readonly WorklistCountsBody[];

  @ApiProperty({
    type: WorkCountsBody,
    description: 'Of `survey`: customers who agreed to be called at a moment, by when that is',
  })
  callBacks!: WorkCountsBody;
}

export type WorkCounts = Plain<WorkCountsBody>;
export type WorklistSummary = Plain<WorklistSummaryBody>;
