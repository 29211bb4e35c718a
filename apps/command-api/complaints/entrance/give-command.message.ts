import { Command } from '@nestjs/cqrs';
import type { CommandOutcome, ComplaintCommandRequest } from '#libs/command-handling/index.js';

/** A command on its way from an entrance (HTTP, import, timer) to the one handler of all complaint commands. */
export class GiveComplaintCommand extends Command<CommandOutcome> {
  constructor(readonly request: ComplaintCommandRequest) {
    super();
  }
}
