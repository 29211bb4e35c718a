import { type Actor, ROLES } from '#libs/event-contracts/index.js';
import { IsCode, IsIsoInstant, IsNested, IsOneOf, IsText, field } from '#libs/http/index.js';
import { IMPORT_COMMANDS, type ImportCommand } from '#libs/importing/index.js';

const PEOPLE = ROLES.filter((role) => role !== 'system');

export class ImportActorDto {
  @IsText({ max: 255 })
  sub!: string;

  @IsText({ max: 200, optional: true })
  name?: string;

  @IsOneOf(PEOPLE)
  role!: Actor['role'];

  @IsCode({ optional: true })
  team?: string;
}

/** One line of an import; its body is checked against the DTO of its command. */
export class ImportLineDto {
  @IsOneOf(Object.keys(IMPORT_COMMANDS))
  command!: ImportCommand;

  @field({
    name: 'isObject',
    message: 'must be an object',
    test: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    schema: { type: 'object', additionalProperties: true },
  }, { optional: true }) // prettier-ignore
  body?: Record<string, unknown>;

  @IsIsoInstant()
  occurredAt!: string;

  @IsNested(() => ImportActorDto)
  actor!: ImportActorDto;

  @IsText({ max: 200, description: 'The case in the other system; all its lines carry it.' })
  externalId!: string;
}
