import { IsIsoInstant } from '#libs/http/index.js';

/** What every command body may carry besides its own fields. */
export class CommandDto {
  @IsIsoInstant({
    optional: true,
    description:
      'When it happened, if not now: not in the future, not before the previous fact that people told of the complaint.',
  })
  occurredAt?: string;
}
