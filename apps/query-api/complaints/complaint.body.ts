import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CHANNELS,
  CUSTOMER_KINDS,
  PRIORITIES,
  RESOLUTION_OUTCOMES,
  STATUSES,
} from '#libs/event-contracts/index.js';
import type { Plain } from '../edge/plain.js';

const PERSONAL = 'null for callers who see no personal data; "[erased]" once the person has been erased';

export class CustomerBody {
  @ApiProperty({ type: String, example: 'M-20417' })
  ref!: string;

  @ApiProperty({ type: String, enum: CUSTOMER_KINDS })
  kind!: string;

  @ApiProperty({ type: String, nullable: true, description: PERSONAL, example: 'Ayşe Örnek' })
  name!: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '+90 555 123 45 67' })
  phone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'ayse@example.com' })
  email?: string | null;

  @ApiPropertyOptional({ type: String, example: 'tr-TR' })
  locale?: string;
}

export class PropertyBody {
  @ApiProperty({ type: String, example: 'Bahçekent' })
  project!: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'B' })
  block?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '12' })
  unit?: string | null;
}

export class ResultBody {
  @ApiProperty({ type: String, enum: RESOLUTION_OUTCOMES })
  outcome!: string;

  @ApiProperty({ type: String, nullable: true, description: PERSONAL })
  explanation!: string | null;

  @ApiProperty({ type: Boolean, description: 'By the agent who took the contact, without routing' })
  onTheSpot!: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ type: String, description: '`sub` of who entered it' })
  by!: string;
}

/** A complaint in lists. */
export class ComplaintSummaryBody {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'C-7K2M-9Q4T-XW3H' })
  reference!: string;

  @ApiPropertyOptional({ type: String })
  externalId?: string;

  @ApiProperty({ type: Number, description: 'Of the last event; for If-Match' })
  revision!: number;

  @ApiProperty({ type: String, enum: STATUSES })
  status!: string;

  @ApiProperty({ type: Boolean })
  paused!: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Until when it is likely to stay paused, if that was said; it ends when somebody resumes it',
  })
  pausedUntil?: string;

  @ApiProperty({ type: Number, description: 'Highest level reached in this cycle, 0 for none' })
  escalationLevel!: number;

  @ApiProperty({ type: Number, description: 'From 1; one more with each re-opening' })
  cycle!: number;

  @ApiProperty({ type: String, nullable: true, example: 'plumbing' })
  team!: string | null;

  @ApiProperty({ type: String, example: 'defects-plumbing' })
  callTree!: string;

  @ApiProperty({ type: String, nullable: true })
  category!: string | null;

  @ApiProperty({ type: String, enum: PRIORITIES })
  priority!: string;

  @ApiProperty({ type: String, enum: CHANNELS })
  channel!: string;

  @ApiProperty({ type: CustomerBody })
  customer!: CustomerBody;

  @ApiPropertyOptional({ type: PropertyBody })
  property?: PropertyBody;

  @ApiProperty({ type: String, nullable: true, description: PERSONAL, example: 'Su kaçağı' })
  subject!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  contactedAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  receivedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When its newest fact happened' })
  lastEventAt!: string;
}

/** A complaint by itself. */
export class ComplaintBody extends ComplaintSummaryBody {
  @ApiProperty({ type: String, nullable: true, description: PERSONAL })
  description!: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: PERSONAL })
  requestedRemedy?: string | null;

  @ApiProperty({ type: String, description: '`sub` of who recorded it' })
  receivedBy!: string;

  @ApiProperty({ type: [String], description: 'Every team that had it' })
  teams!: readonly string[];

  @ApiPropertyOptional({ type: String, description: '`sub` of the officer who opened the activity' })
  officer?: string;

  @ApiPropertyOptional({ type: ResultBody, description: 'The result that stands' })
  result?: ResultBody;

  @ApiPropertyOptional({ type: String })
  confirmedBy?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  closedAt?: string;

  @ApiProperty({ type: Number })
  surveyAttempts!: number;

  @ApiProperty({ type: Boolean })
  surveyEnded!: boolean;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 5 })
  overallScore?: number;

  @ApiProperty({ type: String, format: 'date-time' })
  lastRecordedAt!: string;
}

export class ComplaintPageBody {
  @ApiProperty({ type: [ComplaintSummaryBody] })
  items!: readonly ComplaintSummaryBody[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `cursor` for the next page; null: the last',
  })
  nextCursor!: string | null;
}

export type CustomerView = Plain<CustomerBody>;
export type PropertyView = Plain<PropertyBody>;
export type ComplaintSummary = Plain<ComplaintSummaryBody>;
export type ComplaintView = Plain<ComplaintBody>;
export type ComplaintPage = Plain<ComplaintPageBody>;
