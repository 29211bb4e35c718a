import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import type { ConfigurationAnswer } from '#libs/configuration/index.js';
import { REVISION_HEADERS } from '#libs/http/index.js';
import { CommandAnswerBody } from '../complaints/entrance/command-answer.body.js';
import { CommandHeaders, type CommandHeaderValues } from '../complaints/entrance/command-headers.js';
import { CalendarDto } from './calendar.dto.js';
import { CodeParam } from './code-param.js';
import { ConfigurationEntrance } from './configuration-entrance.js';
import { ConfigurationRoute } from './configuration-route.decorator.js';
import { TeamDto, TreeEntryDto } from './definition.dtos.js';
import { SlaPolicyDto } from '#libs/definition-bodies/index.js';

@Controller()
export class ConfigurationController {
  constructor(private readonly entrance: ConfigurationEntrance) {}

  @Put('call-tree/:code')
  @ConfigurationRoute('Define a node of the call tree')
  @ApiOkResponse({ type: CommandAnswerBody, headers: REVISION_HEADERS })
  defineCallTreeNode(
    @CodeParam() code: string,
    @Body() body: TreeEntryDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<ConfigurationAnswer> {
    return this.entrance.give({ type: 'defineCallTreeNode', data: Object.assign({ code }, body) }, headers);
  }

  @Put('categories/:code')
  @ConfigurationRoute('Define a complaint category (root cause)')
  @ApiOkResponse({ type: CommandAnswerBody, headers: REVISION_HEADERS })
  defineCategory(
    @CodeParam() code: string,
    @Body() body: TreeEntryDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<ConfigurationAnswer> {
    return this.entrance.give({ type: 'defineCategory', data: Object.assign({ code }, body) }, headers);
  }

  @Put('teams/:code')
  @ConfigurationRoute('Define a team')
  @ApiOkResponse({ type: CommandAnswerBody, headers: REVISION_HEADERS })
  defineTeam(
    @CodeParam() code: string,
    @Body() body: TeamDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<ConfigurationAnswer> {
    return this.entrance.give({ type: 'defineTeam', data: Object.assign({ code }, body) }, headers);
  }

  @Put('calendars/:code')
  @ConfigurationRoute('Define a calendar; its public holidays are looked up now and kept')
  @ApiOkResponse({ type: CommandAnswerBody, headers: REVISION_HEADERS })
  defineCalendar(
    @CodeParam() code: string,
    @Body() body: CalendarDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<ConfigurationAnswer> {
    return this.entrance.give({ type: 'defineCalendar', data: Object.assign({ code }, body) }, headers);
  }

  @Post('sla-policies')
  @HttpCode(201)
  @ConfigurationRoute('Publish the next version of the service-level policy')
  @ApiCreatedResponse({
    type: CommandAnswerBody,
    description: 'With `version`.',
    headers: REVISION_HEADERS,
  })
  publishSlaPolicy(
    @Body() body: SlaPolicyDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<ConfigurationAnswer> {
    return this.entrance.give({ type: 'publishSlaPolicy', data: body }, headers);
  }
}
