import { IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class ConfirmResolutionDto extends CommandDto {
  @IsText({ max: 2000, optional: true })
  note?: string;
}
