import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import { v7 as uuidV7 } from 'uuid';
import {
  type CommandHandling,
  type ComplaintCommandRequest,
  type ExternalIds,
  importedCommandId,
} from '#libs/command-handling/index.js';
import type { Actor } from '#libs/event-contracts/index.js';
import {
  PROBLEM_TYPES,
  ProblemError,
  asProblem,
  checked,
  problemUri,
  readJson,
  structureErrors,
} from '#libs/http/index.js';
import { IMPORT_COMMANDS } from '#libs/importing/index.js';
import { COMMAND_HANDLING, EXTERNAL_IDS } from '../command-api.tokens.js';
import { GiveComplaintCommand } from '../complaints/entrance/give-command.message.js';
import type { ImportAnswer, ImportProblem } from '#libs/importing/index.js';
import { IMPORT_BODIES } from './import-bodies.js';
import { ImportLineDto } from './import-line.dto.js';
import { LONGEST_LINE, type NumberedLine } from './read-lines.js';

export interface ImportOrigin {
  readonly submittedBy: string;
  readonly correlationId: string;
}

/** A line as it was read: its JSON, or why it has none. */
export interface ParsedLine {
  readonly number: number;
  readonly value: unknown;
  readonly problem?: ProblemError;
}

/** Lines of one case are handled in order; a line without a case has nobody to wait for. */
export function caseOf({ value, number }: ParsedLine): string {
  const externalId = (value as { externalId?: unknown } | null | undefined)?.externalId;
  return typeof externalId === 'string' ? `case ${externalId}` : `line ${number}`;
}

export function parseLine({ number, bytes, isTooLong }: NumberedLine): ParsedLine {
  if (isTooLong) {
    const problem = new ProblemError('payload-too-large', {
      detail: `A line has at most ${LONGEST_LINE} bytes.`,
    });
    return { number, value: undefined, problem };
  }
  try {
    return { number, value: readJson(bytes, 'line') };
  } catch (error) {
    return { number, value: undefined, problem: asProblem(error) };
  }
}

/** One line through the same checks and the same decider as a request of its own. */
@Injectable()
export class ImportLineHandler {
  private readonly complaintIds = new LRUCache<string, string>({ max: 50_000 });

  constructor(
    private readonly commands: CommandBus,
    @Inject(COMMAND_HANDLING) private readonly handling: Pick<CommandHandling, 'sealer' | 'newId'>,
    @Inject(EXTERNAL_IDS) private readonly externalIds: ExternalIds,
  ) {}

  /** Never rejects: whatever is wrong is the answer to that line. */
  async handle(parsed: ParsedLine, origin: ImportOrigin): Promise<ImportAnswer> {
    const { number: line } = parsed;
    const externalId = externalIdOf(parsed.value);
    try {
      if (parsed.problem) throw parsed.problem;
      const request = await this.requestOf(parsed.value, origin);
      const { answer, repeated } = await this.commands.execute(new GiveComplaintCommand(request));
      return { line, externalId: externalId ?? '', status: repeated ? 'repeated' : 'accepted', ...answer };
    } catch (error) {
      return {
        line,
        ...(externalId === undefined ? {} : { externalId }),
        status: 'refused',
        problem: shortOf(error),
      };
    }
  }

  private async requestOf(value: unknown, origin: ImportOrigin): Promise<ComplaintCommandRequest> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ProblemError('invalid-input', { detail: 'A line is a JSON object.' });
    }
    const errors = structureErrors(value);
    if (errors.length > 0) throw new ProblemError('invalid-input', { errors });
    const line = await checked(ImportLineDto, value);
    const { occurredAt: _alsoOnTheLine, ...data } = await checkedBody(line);
    const commandId = importedCommandId(line.externalId, this.handling.sealer.requestHash(value));
    return {
      type: IMPORT_COMMANDS[line.command],
      data: line.command === 'receive' ? { ...data, externalId: line.externalId } : data,
      complaintId: await this.complaintIdOf(line),
      origin: {
        actors: [actorOf(line)],
        occurredAt: line.occurredAt,
        commandId,
        correlationId: origin.correlationId,
        submittedBy: origin.submittedBy,
        importing: true,
      },
    } as ComplaintCommandRequest;
  }

  private async complaintIdOf({ command, externalId }: ImportLineDto): Promise<string> {
    const known = this.complaintIds.get(externalId);
    if (known !== undefined) return known;
    const found =
      command === 'receive'
        ? await this.externalIds.reserve(externalId, uuidV7())
        : await this.externalIds.find(externalId);
    if (found === undefined) {
      throw new ProblemError('not-found', { detail: 'No line before this one has received the case.' });
    }
    this.complaintIds.set(externalId, found);
    return found;
  }
}

async function checkedBody(line: ImportLineDto): Promise<{ occurredAt?: string }> {
  try {
    return await checked(IMPORT_BODIES[line.command], line.body ?? {});
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const errors = (error.options.errors ?? []).map((place) => ({
      ...place,
      pointer: `/body${place.pointer}`,
    }));
    throw new ProblemError(error.code, { ...error.options, errors });
  }
}

function actorOf({ actor: { sub, name, role, team } }: ImportLineDto): Actor {
  return { sub, name: name ?? sub, role, ...(team === undefined ? {} : { team }) };
}

function externalIdOf(value: unknown): string | undefined {
  const externalId = (value as { externalId?: unknown } | null | undefined)?.externalId;
  return typeof externalId === 'string' ? externalId : undefined;
}

function shortOf(error: unknown): ImportProblem {
  const { code, message, options } = asProblem(error);
  const { status, title } = PROBLEM_TYPES[code];
  const { reason, currentStatus } = options.extensions ?? {};
  return {
    type: problemUri(code),
    title,
    status,
    detail: message,
    ...(reason === undefined ? {} : { reason }),
    ...(currentStatus === undefined ? {} : { currentStatus }),
    ...(options.errors ? { errors: options.errors } : {}),
  };
}
