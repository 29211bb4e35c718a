import { IsCode, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class RouteComplaintDto extends CommandDto {
  @IsCode({ example: 'plumbing' })
  team!: string;

  @IsText({ max: 2000, optional: true, description: 'Needed when a team has the complaint already.' })
  reason?: string;
}
