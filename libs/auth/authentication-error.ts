export type AuthenticationFailure = 'missing' | 'malformed' | 'refused' | 'expired';

const DETAILS: Readonly<Record<AuthenticationFailure, string>> = {
  missing: 'A bearer token is needed: send it as "Authorization: Bearer <token>".',
  malformed: 'The Authorization header does not hold a bearer token that can be read.',
  refused: 'The token was not issued for this service, or its signature does not match the issuer’s key.',
  expired: 'The token has expired; get a new one.',
};

/** Nobody is known to call; the message never repeats anything of the token. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
  constructor(
    readonly failure: AuthenticationFailure,
    detail: string = DETAILS[failure],
  ) {
    super(detail);
  }
}

/** The issuer's keys cannot be fetched: no token can be judged, good or bad. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';
  constructor(
    readonly issuer: string,
    reason: string,
  ) {
    super(`The keys of the token issuer cannot be fetched: ${reason}`);
  }
}
