import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '#libs/auth/index.js';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import {
  ApiCommandHeaders,
  ApiProblems,
  LOCATION_HEADER,
  REVISION_HEADERS,
  setAnswerHeaders,
} from '#libs/http/index.js';
import { CommandAnswerBody } from '../entrance/command-answer.body.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { tokenRolesFor } from '../entrance/post-complaint-command.decorator.js';
import { ReceiveComplaintDto } from './receive-complaint.dto.js';

@Controller('complaints')
export class ReceiveComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @Post()
  @AllowRoles(...tokenRolesFor('receive'))
  @ApiTags('commands')
  @ApiOperation({
    summary: 'Record a complaint',
    description: `Roles: ${tokenRolesFor('receive').join(', ')}.`,
  })
  @ApiCommandHeaders()
  @ApiCreatedResponse({
    type: CommandAnswerBody,
    description: 'Location names the complaint.',
    headers: { ...REVISION_HEADERS, ...LOCATION_HEADER },
  })
  @ApiProblems(
    'invalid-input',
    'malformed-json',
    'unauthenticated',
    'forbidden',
    'conflict',
    'revision-conflict',
    'payload-too-large',
    'idempotency-key-reused',
  )
  async receive(
    @Body() body: ReceiveComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    const answer = await this.entrance.give('receive', undefined, body, headers);
    setAnswerHeaders(headers.response, { location: `/api/v1/complaints/${answer.id}` });
    return answer;
  }
}
