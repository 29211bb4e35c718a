import { ApiProperty } from '@nestjs/swagger';
import type { Plain } from '../../edge/plain.js';

export class EventRefBody {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'ClockPaused' })
  type!: string;

  @ApiProperty({ type: Number })
  revision?: number;
}

export class LedgerSpanBody {
  @ApiProperty({ type: String, format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  to!: string;

  @ApiProperty({ type: String, enum: ['running', 'paused', 'outside-hours'] })
  state!: string;

  @ApiProperty({
    type: EventRefBody,
    nullable: true,
    description: 'The event that began this part of the clock’s life',
  })
  by!: EventRefBody | null;

  @ApiProperty({ type: Number, description: 'Seconds that count; all spans together are `elapsed`' })
  counted!: number;
}

export class ClockBody {
  @ApiProperty({ type: String, enum: ['registration', 'resolution', 'approval', 'survey'] })
  clock!: string;

  @ApiProperty({ type: Number })
  cycle!: number;

  @ApiProperty({ type: String, enum: ['wall', 'business'] })
  kind!: string;

  @ApiProperty({ type: String, format: 'duration', nullable: true, example: 'PT27H' })
  target!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  start!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  stop!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The earliest instant at which the target is used up',
  })
  due!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['no-target', 'paused', 'beyond-horizon'],
    description: 'Why there is no due moment',
  })
  dueUnknown!: string | null;

  @ApiProperty({ type: Number, description: 'Seconds of the clock’s own kind' })
  elapsed!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Seconds left of the target, at least 0' })
  remaining!: number | null;

  @ApiProperty({
    type: String,
    enum: [
      'running',
      'running-late',
      'paused',
      'paused-late',
      'awaiting-approval',
      'met',
      'breached',
      'stopped',
      'abandoned',
    ],
  })
  status!: string;

  @ApiProperty({ type: Boolean, nullable: true, description: 'null while undecided or without a verdict' })
  compliant!: boolean | null;

  @ApiProperty({ type: Number })
  policyVersion!: number;

  @ApiProperty({ type: String, nullable: true, description: 'null for wall time' })
  calendar!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  calendarVersion!: number | null;

  @ApiProperty({ type: [LedgerSpanBody] })
  ledger!: readonly LedgerSpanBody[];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    required: false,
    description: 'Resolution only: targets that ruled the cycle one after the other',
  })
  targets?: readonly unknown[];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    required: false,
    description: 'Resolution only: when each level is reached',
  })
  escalations?: readonly unknown[];
}

export class ComplaintClocksBody {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String })
  reference!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'The moment up to which running clocks are told',
  })
  now!: string;

  @ApiProperty({ type: [ClockBody] })
  clocks!: readonly ClockBody[];
}

export type ClockView = Plain<ClockBody>;
export type ComplaintClocks = Plain<ComplaintClocksBody>;
