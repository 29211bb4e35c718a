import { ApiProperty } from '@nestjs/swagger';
import { Query } from '@nestjs/cqrs';
import { STATUSES } from '#libs/event-contracts/index.js';
import type { Plain } from '../../edge/plain.js';

/** All that a reference number tells to whoever has it. */
export class TrackBody {
  @ApiProperty({ type: String, example: 'C-7K2M-9Q4T-XW3H' })
  reference!: string;

  @ApiProperty({ type: String, enum: STATUSES })
  status!: string;

  @ApiProperty({ type: Boolean, description: 'We are waiting for something, such as an appointment' })
  paused!: boolean;

  @ApiProperty({ type: Number, description: 'More than 1 when it was re-opened' })
  cycle!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  receivedAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  lastChangedAt!: string;
}

export type TrackedComplaint = Plain<TrackBody>;

export class TrackComplaintQuery extends Query<TrackedComplaint> {
  constructor(readonly reference: string) {
    super();
  }
}
