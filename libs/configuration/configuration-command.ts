import type { CommandAnswer, CommandOrigin } from '#libs/command-handling/index.js';
import type { PolicyDefinition, TeamDefinition, TreeEntryDefinition } from '#libs/complaint-domain/index.js';
import type { CalendarDefinition } from '#libs/service-time/index.js';

/** What an administrator defines, whole: the newest definition of a code is in force. */
export type ConfigurationCommand =
  | { readonly type: 'defineCallTreeNode'; readonly data: TreeEntryDefinition }
  | { readonly type: 'defineCategory'; readonly data: TreeEntryDefinition }
  | { readonly type: 'defineTeam'; readonly data: TeamDefinition }
  | {
      readonly type: 'defineCalendar';
      readonly data: Omit<CalendarDefinition, 'publicHolidays'> & { readonly code: string };
    }
  | { readonly type: 'publishSlaPolicy'; readonly data: PolicyDefinition };

export interface ConfigurationRequest {
  readonly command: ConfigurationCommand;
  readonly origin: CommandOrigin;
}

/** As for complaints; `events` is empty when the definition was in force already. */
export interface ConfigurationAnswer extends CommandAnswer {
  /** Of the definition in force now, from 1. */
  readonly version: number;
}
