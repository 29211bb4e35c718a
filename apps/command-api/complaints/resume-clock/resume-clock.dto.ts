import { CommandDto } from '../entrance/command.dto.js';

export class ResumeClockDto extends CommandDto {}
