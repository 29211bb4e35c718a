import { Transform } from 'class-transformer';
import { PRIORITIES } from '#libs/event-contracts/index.js';
import {
  IsCode,
  IsIsoDuration,
  IsIsoInstant,
  IsListOf,
  IsListOfTexts,
  IsOneOf,
  IsText,
  IsWhole,
  field,
} from '#libs/http/index.js';

export class ResolutionTargetDto {
  @IsCode({ description: 'Holds for all nodes below that have no nearer one.', example: 'defects' })
  callTree!: string;

  @IsOneOf(PRIORITIES, {
    optional: true,
    description: 'Left out: for every priority without a line of its own.',
  })
  priority?: string;

  @IsIsoDuration({ description: 'Business time of the calendar.', example: 'PT27H' })
  target!: string;
}

export class EscalationLevelDto {
  @IsWhole({ min: 1, max: 100, example: 1 })
  level!: number;

  @IsText({ max: 40, description: 'Share of the target, or business time after it.', example: '80%' })
  at!: string;

  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsListOfTexts({
    max: 20,
    what: 'whom to tell, 1 to 100 characters',
    test: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 100,
    example: ['supervisor'],
  })
  notify!: string[];
}

function IsDurationByChannel(): PropertyDecorator {
  return field(
    {
      name: 'isDurationByChannel',
      message: 'must give channels their targets as durations, such as {"phone": "PT15M"}',
      test: (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((target) => typeof target === 'string' && target.length <= 40),
      schema: { type: 'object', additionalProperties: { type: 'string', format: 'duration' } },
    },
    { description: 'Wall time from contact to record.', example: { phone: 'PT15M' } },
  );
}

export class SlaPolicyDto {
  @IsIsoInstant({
    optional: true,
    description: 'Default: now. Cycles begun before keep the policy they have.',
  })
  effectiveFrom?: string;

  @IsCode({ example: 'default' })
  calendar!: string;

  @IsDurationByChannel()
  registration!: Record<string, string>;

  @IsListOf(() => ResolutionTargetDto, { min: 1, max: 2000 })
  resolution!: ResolutionTargetDto[];

  @IsIsoDuration({
    optional: true,
    description: 'Business time from result to confirmation.',
    example: 'PT9H',
  })
  approval?: string;

  @IsIsoDuration({ optional: true, description: 'Business time from closing to survey.', example: 'PT27H' })
  survey?: string;

  @IsListOf(() => EscalationLevelDto, { max: 10 })
  escalation!: EscalationLevelDto[];

  @IsText({ max: 40, description: 'Wall time in which an agent may re-open; PT0S: never.', example: 'P14D' })
  reopenWindow!: string;

  @IsWhole({ min: 1, max: 20, example: 3 })
  surveyAttempts!: number;
}
