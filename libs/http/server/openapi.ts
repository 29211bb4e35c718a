import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { NoBody } from '../input/no-body.dto.js';
import { PROBLEM_TYPES, problemUri, type ProblemCode } from '../problem/problem-types.js';
import { ProblemBody } from '../problem/problem.openapi.js';

export const OPENAPI_PATH = 'api/openapi.json';
export const DOCS_PATH = 'api/docs';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type HeadersObject = Record<string, { description: string; schema: { type: string } }>;

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
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemBody] });
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (!operation) continue;
      asItIs(operation);
      for (const [code, name] of everywhere(operation)) {
        operation.responses[PROBLEM_TYPES[code].status] ??= problem(name);
      }
      for (const [status, headers] of Object.entries(PROBLEM_HEADERS)) {
        const answer = operation.responses[status];
        if (answer && !('$ref' in answer)) answer.headers = headers;
      }
    }
  }
  delete document.components?.schemas?.[NoBody.name];
  return document;
}

/** What any route may answer for reasons that are not its own. */
function everywhere({ requestBody }: OperationObject): [ProblemCode, string][] {
  const codes: ProblemCode[] = ['unavailable'];
  if (requestBody !== undefined) codes.push('payload-too-large', 'unsupported-media-type');
  return codes.map((code) => [code, `\`${problemUri(code)}\`: ${PROBLEM_TYPES[code].title}`]);
}

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
} as const;

const PROBLEM_HEADERS: Readonly<Record<string, HeadersObject>> = {
  401: { 'WWW-Authenticate': { description: 'Bearer', schema: { type: 'string' } } },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** What the decorators say but the scanner does not know: routes without a token, and commands without a body. */
function asItIs(operation: OperationObject & { 'x-public'?: boolean }): void {
  if (operation['x-public']) {
    operation.security = [];
    delete operation.responses['401'];
    delete operation.responses['403'];
    delete operation['x-public'];
  }
  if (JSON.stringify(operation.requestBody ?? {}).includes(`"${getSchemaPath(NoBody)}"`))
    delete operation.requestBody;
}

/** Both pages are open: they describe the interface and hold nothing else. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app), {
    jsonDocumentUrl: OPENAPI_PATH,
    raw: ['json'],
    swaggerOptions: { persistAuthorization: false },
  });
}
