import { IsCode, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class CategoriseComplaintDto extends CommandDto {
  @IsCode({ optional: true, description: 'Node of the call tree.', example: 'defects-plumbing' })
  callTree?: string;

  @IsCode({ optional: true, description: 'Complaint category (root cause).', example: 'workmanship' })
  category?: string;

  @IsText({ max: 2000, optional: true })
  reason?: string;
}
