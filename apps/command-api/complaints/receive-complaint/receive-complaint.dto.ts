import {
  CHANNELS,
  CUSTOMER_KINDS,
  PRIORITIES,
  type Channel,
  type CustomerKind,
  type Priority,
} from '#libs/event-contracts/index.js';
import {
  IsCode,
  IsEmailLike,
  IsIsoInstant,
  IsLanguageTag,
  IsNested,
  IsOneOf,
  IsPhoneLike,
  IsText,
} from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class CustomerDto {
  @IsText({
    max: 100,
    optional: true,
    description: 'Your own reference of the customer.',
    example: 'crm-1042',
  })
  ref?: string;

  @IsOneOf(CUSTOMER_KINDS, { example: 'owner' })
  kind!: CustomerKind;

  @IsText({ max: 200, example: 'Ayşe Örnek' })
  name!: string;

  @IsPhoneLike({ optional: true, example: '+90 555 000 00 00' })
  phone?: string;

  @IsEmailLike({ optional: true, example: 'ayse@mail.example' })
  email?: string;

  @IsLanguageTag({ optional: true, description: 'BCP 47', example: 'tr-TR' })
  locale?: string;
}

export class PropertyDto {
  @IsText({ max: 100, example: 'Park Evleri' })
  project!: string;

  @IsText({ max: 50, optional: true, example: 'B' })
  block?: string;

  @IsText({ max: 50, optional: true, example: '12' })
  unit?: string;
}

export class ReceiveComplaintDto extends CommandDto {
  @IsNested(() => CustomerDto)
  customer!: CustomerDto;

  @IsNested(() => PropertyDto, { optional: true })
  property?: PropertyDto;

  @IsOneOf(CHANNELS, { example: 'phone' })
  channel!: Channel;

  @IsIsoInstant({
    description: 'When the customer reached the channel.',
    example: '2026-03-02T10:05:00+03:00',
  })
  contactedAt!: string;

  @IsCode({ description: 'Node of the call tree.', example: 'defects-plumbing' })
  callTree!: string;

  @IsCode({ optional: true, description: 'Complaint category (root cause).', example: 'workmanship' })
  category?: string;

  @IsOneOf(PRIORITIES, { optional: true, description: 'Default: normal.', example: 'high' })
  priority?: Priority;

  @IsText({ max: 300, example: 'Banyoda su kaçağı' })
  subject!: string;

  @IsText({ max: 20_000, example: 'Duş bataryasının altından su sızıyor.' })
  description!: string;

  @IsText({ max: 2000, optional: true, example: 'Onarım' })
  requestedRemedy?: string;
}
