import { IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class RecordActionDto extends CommandDto {
  @IsText({ max: 100, example: 'visit' })
  kind!: string;

  @IsText({ max: 10_000, example: 'The pipe below the washbasin was exposed.' })
  description!: string;
}
