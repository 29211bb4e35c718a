import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '#libs/event-contracts/index.js';
import type { Plain } from '../../edge/plain.js';

export class ActorBody {
  @ApiProperty({ type: String })
  sub!: string;

  @ApiProperty({ type: String })
  name!: string;

  @ApiProperty({ type: String, enum: ROLES })
  role!: string;

  @ApiPropertyOptional({ type: String })
  team?: string;
}

export class HistoryEntryBody {
  @ApiProperty({ type: String, example: 'ComplaintRouted' })
  type!: string;

  @ApiProperty({ type: Number, description: 'Number in the complaint’s stream, from 0' })
  revision!: number;

  @ApiProperty({ type: String, description: 'Place in the log' })
  position!: string;

  @ApiProperty({ type: String, format: 'uuid' })
  eventId!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'occurredAt or recordedAt, as `basis` asks',
  })
  at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  occurredAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: ActorBody, nullable: true })
  actor!: ActorBody | null;

  @ApiProperty({ type: String, nullable: true })
  correlationId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  causationId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Personal texts opened',
  })
  data!: unknown;

  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 over the event as it was stored' })
  hash!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Hash of the event before it' })
  previousHash!: string | null;

  @ApiPropertyOptional({ type: String, description: 'Why the event cannot be read, if it cannot' })
  undecodable?: string;
}

export class HistoryPageBody {
  @ApiProperty({ type: [HistoryEntryBody] })
  items!: readonly HistoryEntryBody[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export type HistoryEntry = Plain<HistoryEntryBody>;
export type HistoryPage = Plain<HistoryPageBody>;
