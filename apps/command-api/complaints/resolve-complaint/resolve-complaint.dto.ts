import { RESOLUTION_OUTCOMES, type ResolutionOutcome } from '#libs/event-contracts/index.js';
import { IsCode, IsOneOf, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class ResolveComplaintDto extends CommandDto {
  @IsOneOf(RESOLUTION_OUTCOMES, { example: 'fixed' })
  outcome!: ResolutionOutcome;

  @IsText({ max: 10_000, description: 'The result explanation.', example: 'Pipe replaced, ceiling painted.' })
  explanation!: string;

  @IsCode({ optional: true, description: 'Root cause, where the team found another.' })
  category?: string;
}
