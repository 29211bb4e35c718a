import { IsIsoInstant, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class PauseClockDto extends CommandDto {
  @IsText({ max: 2000, example: 'The customer is abroad.' })
  reason!: string;

  @IsIsoInstant({ optional: true, description: 'When the wait is expected to end.' })
  until?: string;
}
