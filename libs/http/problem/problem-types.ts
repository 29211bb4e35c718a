interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** For the reference page: when it is answered, and what the caller can do. */
  readonly meaning: string;
}

/** Every kind of error that a caller may meet. Codes are part of the interface: add, never rename. */
export const PROBLEM_TYPES = {
  'invalid-input': {
    status: 400,
    title: 'The input is not valid',
    meaning:
      'Body, query or a fact in it is refused; `errors` names each place by a JSON pointer. Correct and send again.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    meaning: 'The body cannot be read as a JSON object in UTF-8. Nothing of it is repeated in the answer.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    meaning: 'The address or the transfer is damaged, for example a wrong percent escape.',
  },
  'invalid-header': {
    status: 400,
    title: 'A header is not valid',
    meaning:
      '`Idempotency-Key`, `If-Match` or `Consistency-Token` is not of the documented form; `header` names it.',
  },
  'invalid-id': {
    status: 400,
    title: 'The id is not a UUID',
    meaning: 'The id in the address has the wrong form, so nothing can have it.',
  },
  unauthenticated: {
    status: 401,
    title: 'A valid token is needed',
    meaning: 'There is no bearer token, it cannot be read, or it was signed by somebody else.',
  },
  'token-expired': {
    status: 401,
    title: 'The token has expired',
    meaning: 'The token was valid once. Get a new one and repeat the request.',
  },
  forbidden: {
    status: 403,
    title: 'The caller may not do this',
    meaning: 'The token’s roles do not include one that may; `allowedRoles` lists those that do.',
  },
  'not-your-team': {
    status: 403,
    title: 'Another team has this complaint',
    meaning: 'Officers act only on complaints that their own team has.',
  },
  'four-eyes': {
    status: 403,
    title: 'Somebody else must do this',
    meaning: 'Who entered the result may neither confirm it nor survey the customer about it.',
  },
  'reopen-window-passed': {
    status: 403,
    title: 'Only a supervisor may re-open this now',
    meaning: 'The policy’s window for re-opening by an agent is over.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing',
    meaning: 'The id, code or reference number is well formed, but nothing has it.',
  },
  'no-such-route': {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'The path is not part of the interface; see `/api/docs`.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The address does not know this method',
    meaning: 'The path exists with other methods; the header `Allow` lists them.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'Headers must arrive within a minute and the whole request within the time allowed. Repeat it.',
  },
  'illegal-transition': {
    status: 409,
    title: 'The complaint’s state forbids this',
    meaning:
      '`currentStatus` tells the complaint’s status (`status` is the HTTP status, as RFC 9457 has it), `reason` the rule, `possible` the commands that the status allows.',
  },
  conflict: {
    status: 409,
    title: 'The present state forbids this',
    meaning:
      'Something that is not a complaint’s status stands against it, such as a legal hold; `detail` says what.',
  },
  'revision-conflict': {
    status: 412,
    title: 'Somebody else was faster',
    meaning:
      'The complaint is no longer at the revision of `If-Match`, or kept changing while the command was retried. Read it again and decide anew.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning:
      'Bodies have at most 1 MiB. Send many commands through `POST /import`, which takes a stream of lines.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a kind that is not read here',
    meaning: 'Bodies are `application/json` in UTF-8 (imports: `application/x-ndjson`).',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The idempotency key belongs to another request',
    meaning: 'The same `Idempotency-Key` was sent before with another body. Use a new key for a new command.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'The address has asked too often; wait the seconds of `Retry-After`.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    meaning: 'All headers together have at most 16 KiB.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    meaning:
      'A fault of the product. Give the `correlationId` to whoever operates it; the log has the rest under it.',
  },
  'not-implemented': {
    status: 501,
    title: 'Not available in this installation',
    meaning: 'The route is known, but what it needs is not there.',
  },
  'read-model-behind': {
    status: 503,
    title: 'The read model has not got there yet',
    meaning:
      'The position of `Consistency-Token` was not reached within `CONSISTENCY_TIMEOUT_MS`. Repeat after `Retry-After`, or without the header.',
  },
  unavailable: {
    status: 503,
    title: 'A part of the product does not answer',
    meaning:
      'The event store or the read store cannot be reached. Repeat later with the same `Idempotency-Key`.',
  },
  'issuer-unavailable': {
    status: 503,
    title: 'Tokens cannot be checked now',
    meaning: 'The keys of the OIDC issuer cannot be fetched. Repeat later.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready for requests',
    meaning: 'Answer of `/health/ready`; `checks` tells which part is missing.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

export type ProblemCode = keyof typeof PROBLEM_TYPES;

/** A relative reference, so that it stays the same wherever the product is installed. */
export function problemUri(code: ProblemCode): string {
  return `/problems/${code}`;
}
