export {
  LOCATION_HEADER,
  REVISION_HEADERS,
  setAnswerHeaders,
  type AnswerHeaders,
} from './headers/answer-headers.js';
export {
  ApiCommandHeaders,
  ApiQueryHeaders,
  ConsistencyToken,
  IdempotencyKey,
  IfMatch,
} from './headers/header.decorators.js';
export {
  CONSISTENCY_TOKEN,
  IDEMPOTENCY_KEY,
  IF_MATCH,
  readConsistencyToken,
  readIdempotencyKey,
  readIfMatch,
} from './headers/request-headers.js';
export {
  HealthRegistry,
  type CheckedPart,
  type HealthCheck,
  type HealthResult,
} from './health/health.registry.js';
export { field, type FieldOptions } from './input/field.js';
export { checked, InputPipe } from './input/input.pipe.js';
export { NoBody } from './input/no-body.dto.js';
export { readJson } from './input/json-text.js';
export { pointerTo } from './input/json-pointer.js';
export { QueryFlag, QueryInstant, QueryLimit, QueryList, QueryWhole } from './input/query.fields.js';
export { structureErrors } from './input/structure.js';
export {
  isCode,
  IsCode,
  IsEmailLike,
  IsLanguageTag,
  IsPhoneLike,
  IsText,
  type TextOptions,
} from './input/text.fields.js';
export { isInstant, IsIsoDuration, IsIsoInstant } from './input/time.fields.js';
export { UuidParam } from './input/uuid-param.js';
export {
  IsFlag,
  IsListOf,
  IsListOfTexts,
  IsNested,
  IsOneOf,
  IsWhole,
  type ListOptions,
} from './input/value.fields.js';
export { asProblem, statusOf } from './problem/as-problem.js';
export { ProblemError, type InputError, type ProblemOptions } from './problem/problem-error.js';
export { PROBLEM_TYPES, problemUri, type ProblemCode } from './problem/problem-types.js';
export { ApiProblems, ProblemBody } from './problem/problem.openapi.js';
export type { RawBodyRoute } from './server/body-rules.js';
export { BASE_PATH, configureHttp, createWebApp, type WebAppOptions } from './server/create-web-app.js';
export { listen, ListenError, type Listening, type ListenOptions } from './server/listen.js';
export { openApiDocument } from './server/openapi.js';
export type { RateLimit } from './server/rate-limit.js';
export { WebModule, type WebOptions } from './server/web.module.js';
