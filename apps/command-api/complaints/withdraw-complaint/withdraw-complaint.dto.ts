import { IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class WithdrawComplaintDto extends CommandDto {
  @IsText({ max: 2000, example: 'The customer no longer wishes to pursue it.' })
  reason!: string;
}
