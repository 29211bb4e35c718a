import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemBody } from '../problem/problem.openapi.js';

export const OPENAPI_PATH = 'api/openapi.json';
export const DOCS_PATH = 'api/docs';

/** The description of the interface, made from the controllers and DTOs. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
  });
  const config = new DocumentBuilder()
    .setTitle('Complaint ledger')
    .setDescription(
      'Complaints as events: commands, the complaints register, clocks and reports. Errors: RFC 9457.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurityRequirements('bearer')
    .addGlobalResponse(
      { status: 400, ...problem('The input is not valid') },
      { status: 401, ...problem('A valid token is needed') },
      { status: 403, ...problem('The caller may not do this') },
    )
    .build();
  return SwaggerModule.createDocument(app, config, { extraModels: [ProblemBody] });
}

/** Both pages are open: they describe the interface and hold nothing else. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: OPENAPI_PATH,
    raw: ['json'],
    swaggerOptions: { persistAuthorization: false },
  });
}
