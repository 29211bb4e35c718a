import { PRIORITIES, type Priority } from '#libs/event-contracts/index.js';
import { IsOneOf, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class PrioritiseComplaintDto extends CommandDto {
  @IsOneOf(PRIORITIES, { example: 'urgent' })
  priority!: Priority;

  @IsText({ max: 2000, example: 'Water is coming through the ceiling.' })
  reason!: string;
}
