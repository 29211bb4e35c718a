import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '#libs/auth/index.js';
import { ApiCommandHeaders, ApiProblems } from '#libs/http/index.js';

export function ConfigurationRoute(summary: string): MethodDecorator {
  return applyDecorators(
    AllowRoles('admin'),
    ApiTags('configuration'),
    ApiOperation({
      summary,
      description: 'Roles: admin. The whole definition; sent again unchanged, it changes nothing.',
    }),
    ApiCommandHeaders(),
    ApiProblems(
      'invalid-input',
      'unauthenticated',
      'forbidden',
      'revision-conflict',
      'idempotency-key-reused',
    ),
  );
}
