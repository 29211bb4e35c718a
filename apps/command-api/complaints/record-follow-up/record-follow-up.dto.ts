import { FOLLOW_UP_PARTIES, type FollowUpParty } from '#libs/event-contracts/index.js';
import { IsOneOf, IsText } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class RecordFollowUpDto extends CommandDto {
  @IsText({ max: 10_000, example: 'Told the customer when the plumber comes.' })
  note!: string;

  @IsOneOf(FOLLOW_UP_PARTIES, { optional: true, example: 'customer' })
  with?: FollowUpParty;
}
