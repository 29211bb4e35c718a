import { QueryInstant, QueryWhole } from '#libs/http/index.js';

export class GetComplaintDto {
  @QueryInstant({ description: 'As it was recorded at this moment', example: '2026-03-01T12:00:00+03:00' })
  asOf?: string;

  @QueryWhole({ min: 0, max: 999_999_999, description: 'As it was after this revision' })
  revision?: number;
}
