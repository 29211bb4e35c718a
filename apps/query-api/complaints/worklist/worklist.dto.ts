import { IsCode, IsText, QueryLimit } from '#libs/http/index.js';

export class WorklistDto {
  @IsCode({ optional: true, description: 'Only what this team has; officers always get their own team’s' })
  team?: string;

  @IsText({ max: 2000, optional: true, description: 'nextCursor of the page before' })
  cursor?: string;

  @QueryLimit()
  limit = 50;
}
