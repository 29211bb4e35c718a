import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { actorFor } from '#libs/auth/index.js';
import type { ConfigurationAnswer, ConfigurationCommand } from '#libs/configuration/index.js';
import { setAnswerHeaders } from '#libs/http/index.js';
import type { CommandHeaderValues } from '../complaints/entrance/command-headers.js';
import { DefineConfigurationCommand } from './define-configuration.message.js';

@Injectable()
export class ConfigurationEntrance {
  constructor(private readonly commands: CommandBus) {}

  async give(command: ConfigurationCommand, headers: CommandHeaderValues): Promise<ConfigurationAnswer> {
    const { caller, correlationId, idempotencyKey, expectedRevision, response } = headers;
    const origin = {
      actors: [actorFor(caller, ['admin'])] as const,
      correlationId,
      ...(idempotencyKey === undefined
        ? {}
        : { idempotencyKey: { callerSub: caller.sub, key: idempotencyKey } }),
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
    };
    const answer = await this.commands.execute(new DefineConfigurationCommand({ command, origin }));
    const { revision, position } = answer;
    setAnswerHeaders(response, { revision, position });
    return answer;
  }
}
