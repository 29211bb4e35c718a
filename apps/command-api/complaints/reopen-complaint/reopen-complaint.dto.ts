import { IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class ReopenComplaintDto extends CommandDto {
  @IsText({ max: 2000, example: 'The leak is back.' })
  reason!: string;
}
