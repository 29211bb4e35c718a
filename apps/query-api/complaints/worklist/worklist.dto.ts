import { IsCode, IsOneOf, IsText, QueryLimit } from '#libs/http/index.js';
import { URGENCIES, type Urgency } from './urgency.js';

export class WorklistDto {
  @IsCode({ optional: true, description: 'Only what this team has; officers always get their own team’s' })
  team?: string;

  @IsOneOf(URGENCIES, { optional: true, description: 'Only what is due then: before now, today, or later' })
  urgency?: Urgency;

  @IsText({ max: 2000, optional: true, description: 'nextCursor of the page before' })
  cursor?: string;

  @QueryLimit()
  limit = 50;
}
