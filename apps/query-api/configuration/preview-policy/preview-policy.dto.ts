import { IsIsoDuration, IsIsoInstant, IsListOf } from '#libs/http/index.js';
import { IsGivenCalendar, type CalendarDraft } from '../given-calendar.js';

export class PreviewPauseDto {
  @IsIsoInstant()
  from!: string;

  @IsIsoInstant({ optional: true, description: 'Left out: it still goes on' })
  to?: string;
}

export class PreviewPolicyDto {
  @IsGivenCalendar({ example: 'default' })
  calendar!: string | CalendarDraft;

  @IsIsoDuration({ description: 'Business time', example: 'PT9H' })
  target!: string;

  @IsIsoInstant({ example: '2026-03-06T16:00:00+03:00' })
  start!: string;

  @IsIsoInstant({ optional: true, description: 'Left out: the account runs to the due moment' })
  end?: string;

  @IsListOf(() => PreviewPauseDto, { optional: true, max: 1000 })
  pauses?: PreviewPauseDto[];
}
