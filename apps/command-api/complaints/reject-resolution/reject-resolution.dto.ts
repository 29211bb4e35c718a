import { IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class RejectResolutionDto extends CommandDto {
  @IsText({ max: 2000, example: 'It still drips.' })
  reason!: string;
}
