import { ApiProperty } from '@nestjs/swagger';
import { STEPS } from '#projections/sla-facts/index.js';
import { ComplaintSummaryBody } from '../complaint.body.js';
import type { Plain } from '../../edge/plain.js';
import { URGENCIES } from './urgency.js';

/** A complaint with what is to be done about it next. */
export class WorkBody extends ComplaintSummaryBody {
  @ApiProperty({
    type: String,
    nullable: true,
    enum: STEPS,
    description: 'What is to be done next, by the name of its own worklist',
  })
  step!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'By when the next step should be done; null while paused or without a target',
  })
  due!: string | null;

  @ApiProperty({
    type: String,
    enum: URGENCIES,
    description: 'Today in the zone of the default calendar; paused and undated work is `open`',
  })
  urgency!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the customer wants to be called for the survey',
  })
  callBackAt!: string | null;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The next level and when it will be reached',
  })
  nextEscalation!: { readonly level: number; readonly at: string } | null;
}

export class WorklistBody {
  @ApiProperty({ type: [WorkBody] })
  items!: readonly WorkBody[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export type WorkItem = Plain<WorkBody>;
export type WorklistPage = Plain<WorklistBody>;
