import { HttpCode, Post, applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles, type TokenRole } from '#libs/auth/index.js';
import { COMMAND_ROLES, type ComplaintCommandType } from '#libs/complaint-domain/index.js';
import { ApiCommandHeaders, ApiProblems, REVISION_HEADERS } from '#libs/http/index.js';
import { CommandAnswerBody } from './command-answer.body.js';

/** Who may give the command at all, from the domain's own table. */
export function tokenRolesFor(command: ComplaintCommandType): TokenRole[] {
  return COMMAND_ROLES[command].filter((role): role is TokenRole => role !== 'system');
}

/** `POST /complaints/{id}/<path>`: route, roles and description of a command on a complaint that exists. */
export function PostComplaintCommand(
  command: ComplaintCommandType,
  path: string,
  summary: string,
): MethodDecorator {
  return applyDecorators(
    Post(`:id/${path}`),
    HttpCode(200),
    AllowRoles(...tokenRolesFor(command)),
    ApiTags('commands'),
    ApiOperation({ summary, description: `Roles: ${tokenRolesFor(command).join(', ')}.` }),
    ApiCommandHeaders(),
    ApiOkResponse({ type: CommandAnswerBody, headers: REVISION_HEADERS }),
    ApiProblems(
      'invalid-input',
      'unauthenticated',
      'forbidden',
      'not-found',
      'illegal-transition',
      'revision-conflict',
      'idempotency-key-reused',
    ),
  );
}
