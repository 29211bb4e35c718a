import { IsCode } from '#libs/http/index.js';

export class WorklistSummaryDto {
  @IsCode({ optional: true, description: 'Only what this team has; officers always get their own team’s' })
  team?: string;
}
