import type { SatisfactionScores, Score } from '#libs/event-contracts/index.js';
import { IsNested, IsText, IsWhole } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

const SCORE = { min: 1, max: 5, nullable: true, description: 'null: not applicable', example: 4 };

export class ScoresDto implements SatisfactionScores {
  @IsWhole(SCORE)
  solution!: Score | null;

  @IsWhole(SCORE)
  technique!: Score | null;

  @IsWhole(SCORE)
  attention!: Score | null;

  @IsWhole(SCORE)
  quality!: Score | null;

  @IsWhole(SCORE)
  duration!: Score | null;
}

export class RecordSurveyDto extends CommandDto {
  @IsNested(() => ScoresDto)
  scores!: ScoresDto;

  @IsWhole({ min: 1, max: 5, example: 4 })
  overall!: Score;

  @IsText({ max: 10_000, optional: true })
  comment?: string;

  @IsText({ max: 50, optional: true, example: '1' })
  questionnaireVersion?: string;
}
