import { ApiProperty } from '@nestjs/swagger';
import { ComplaintSummaryBody } from '../complaint.body.js';
import type { Plain } from '../../edge/plain.js';

/** A complaint with what is to be done about it next. */
export class WorkBody extends ComplaintSummaryBody {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'By when the next step should be done; null while paused or without a target',
  })
  due!: string | null;

  @ApiProperty({
    type: String,
    enum: ['open', 'due-today', 'overdue'],
    description: 'Today in the zone of the default calendar',
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
