import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { actorsFor } from '#libs/auth/index.js';
import type { CommandAnswer, CommandOrigin, ComplaintCommandRequest } from '#libs/command-handling/index.js';
import type { ComplaintCommandType } from '#libs/complaint-domain/index.js';
import type { Actor } from '#libs/event-contracts/index.js';
import { ProblemError, setAnswerHeaders } from '#libs/http/index.js';
import type { CommandHeaderValues } from './command-headers.js';
import type { CommandDto } from './command.dto.js';
import { GiveComplaintCommand } from './give-command.message.js';
import { tokenRolesFor } from './post-complaint-command.decorator.js';

/** From an HTTP request to a command, and from its answer to the headers of the contract. */
@Injectable()
export class ComplaintEntrance {
  constructor(private readonly commands: CommandBus) {}

  async give(
    type: ComplaintCommandType,
    complaintId: string | undefined,
    body: CommandDto,
    headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    const { occurredAt, ...data } = body;
    const origin = originOf(type, occurredAt, headers);
    const request = { type, data, complaintId, origin } as ComplaintCommandRequest;
    const { answer } = await this.commands.execute(new GiveComplaintCommand(request));
    const { revision, position } = answer;
    setAnswerHeaders(headers.response, { revision, position });
    return answer;
  }
}

function originOf(
  type: ComplaintCommandType,
  occurredAt: string | undefined,
  { caller, correlationId, idempotencyKey, expectedRevision }: CommandHeaderValues,
): CommandOrigin {
  const [first, ...others] = actorsFor(caller, tokenRolesFor(type));
  if (!first) throw new ProblemError('forbidden');
  const actors: readonly [Actor, ...Actor[]] = [first, ...others];
  return {
    actors,
    correlationId,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(idempotencyKey === undefined
      ? {}
      : { idempotencyKey: { callerSub: caller.sub, key: idempotencyKey } }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
  };
}
