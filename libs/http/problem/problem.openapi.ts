import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { PROBLEM_TYPES, problemUri, type ProblemCode } from './problem-types.js';

class InputErrorBody {
  @ApiProperty({ type: String, example: '/customer/name', description: 'JSON pointer (RFC 6901)' })
  pointer!: string;

  @ApiProperty({ type: String, example: 'is required' })
  detail!: string;
}

/** How every error looks in the description of the interface. */
export class ProblemBody {
  @ApiProperty({
    type: String,
    example: '/problems/invalid-input',
    description: 'Stable; see docs/reference/problems.md',
  })
  type!: string;

  @ApiProperty({ type: String })
  title!: string;

  @ApiProperty({ type: Number, description: 'The HTTP status' })
  status!: number;

  @ApiProperty({ type: String })
  detail!: string;

  @ApiProperty({ type: String, description: 'The log has it under this id' })
  correlationId!: string;

  @ApiPropertyOptional({ type: [InputErrorBody] })
  errors?: InputErrorBody[];
}

/** Names the problems that a route may answer, beside those that every route may. */
export function ApiProblems(...codes: ProblemCode[]): MethodDecorator & ClassDecorator {
  const statuses = [...new Set(codes.map((code) => PROBLEM_TYPES[code].status))];
  const responses = statuses.map((status) =>
    ApiResponse({
      status,
      description: codes
        .filter((code) => PROBLEM_TYPES[code].status === status)
        .map((code) => `\`${problemUri(code)}\`: ${PROBLEM_TYPES[code].title}`)
        .join('; '),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemBody), ...responses);
}
