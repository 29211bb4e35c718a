import { CommandDto } from '../entrance/command.dto.js';

export class OpenActivityDto extends CommandDto {}
